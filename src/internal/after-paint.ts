/** Milliseconds after which nobody waits for a frame any longer: a part of the page that is out of sight may never get one. */
const PATIENCE = 1000;

/** Settles once what was rendered is painted; at once on a page that nobody sees. */
export const afterPaint = (): Promise<void> =>
  new Promise((resolve) => {
    const frame = requestAnimationFrame(() => {
      clearTimeout(patience);
      setTimeout(resolve);
    });
    const patience = setTimeout(
      () => {
        cancelAnimationFrame(frame);
        resolve();
      },
      document.hidden ? 0 : PATIENCE,
    );
  });
