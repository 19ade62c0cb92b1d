/** The same texts as a page shows them that trusts its data: what must not happen elsewhere happens here. */
import type { Vector } from './vectors.js';
import { gesture } from './watch.js';

/**
 * Puts each text into a frame of its own by `innerHTML`, and does there what is done with the elements. A script that runs
 * tells the name of its frame, which is the id of the text.
 *
 * @param blank the address of an empty page of this origin
 * @param wait how long scripts have, in ms
 */
export async function showAsMarkup(vectors: readonly Vector[], blank: string, wait: number): Promise<void> {
  const frames = vectors.map(({ id }) => {
    const frame = document.createElement('iframe');
    frame.name = id;
    frame.src = blank;
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
    document.body.append(frame);
    return { frame, loaded };
  });
  await Promise.all(frames.map(({ loaded }) => loaded));
  const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, wait));
  // eslint-disable-next-line no-restricted-syntax -- what the rule is against is what this shows
  vectors.forEach(({ text }, at) => (bodyOf(frames[at]!.frame)!.innerHTML = text));
  await pause();
  vectors.forEach(({ events }, at) => {
    const body = bodyOf(frames[at]!.frame);
    if (body) gesture(body, events, true);
  });
  await pause();
  for (const { frame } of frames) frame.remove();
}

/** The body of a frame; `undefined` once a script has led the frame elsewhere. */
function bodyOf(frame: HTMLIFrameElement): HTMLElement | undefined {
  try {
    return frame.contentDocument?.body ?? undefined;
  } catch {
    return undefined;
  }
}
