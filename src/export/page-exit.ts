/**
 * Calls back when the page may be going away: `pagehide` reaches the window only, `visibilitychange` is the last event that
 * is sure to come on phones. Gives back what ends that. Workers have neither.
 */
export function watchExit(leaving: () => void): () => void {
  if (typeof window !== 'object' || typeof document !== 'object') return () => {};
  const stop = new AbortController();
  const { signal } = stop;
  window.addEventListener('pagehide', leaving, { signal });
  document.addEventListener(
    'visibilitychange',
    () => {
      if (document.visibilityState === 'hidden') leaving();
    },
    { signal },
  );
  return () => stop.abort();
}
