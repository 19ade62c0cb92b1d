/**
 * Calls back when the page may be going away: hidden, frozen, or left. `pagehide` reaches the window only, whatever some
 * libraries believe; `visibilitychange` is the last event that is sure to come on phones. Workers have none of them.
 * Gives back what ends that.
 */
export function watchExit(leaving: () => void): () => void {
  if (typeof document !== 'object') return () => {};
  const stop = new AbortController();
  const listen = (target: EventTarget, event: string, listener: () => void): void => {
    target.addEventListener(event, listener, stop);
  };
  listen(window, 'pagehide', leaving);
  listen(document, 'freeze', leaving);
  listen(document, 'visibilitychange', () => {
    if (document.hidden) leaving();
  });
  return () => stop.abort();
}
