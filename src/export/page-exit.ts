/**
 * Calls back when the page may be going away (`pagehide` reaches the window only, `visibilitychange` is the last event that
 * is sure to come on phones; workers have neither), and when the network is back. Gives back what ends that.
 */
export function watchPage({ leaving, online }: { leaving: () => void; online: () => void }): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  (globalThis as Partial<typeof globalThis>).addEventListener?.('online', online, { signal });
  if (typeof window === 'object' && typeof document === 'object') {
    window.addEventListener('pagehide', leaving, { signal });
    document.addEventListener(
      'visibilitychange',
      () => {
        if (isHidden()) leaving();
      },
      { signal },
    );
  }
  return () => stop.abort();
}

/** Whether nobody sees the page: it may be gone at any time. */
export const isHidden = (): boolean => typeof document === 'object' && document.visibilityState === 'hidden';

/** Whether the browser knows that there is no network. */
export const isOffline = (): boolean => (globalThis.navigator as Partial<Navigator> | undefined)?.onLine === false;
