/** Messages that are in the DOM: from `start`, up to and without `end`. */
export interface MessageWindow {
  readonly start: number;
  readonly end: number;
}

/** Parts that are shown at first, and by which the window grows. */
const STEP = 40;
/** Parts that are in the DOM at the most. Where a window grows beyond it at one end, it ends earlier at the other. */
const MOST = 200;

/** How many parts a message shows; 0 for one that is folded away with others. */
type Weights = readonly number[];

/** The end of a conversation: the last messages are what a call is about. */
export const lastMessages = (weights: Weights): MessageWindow => ({
  start: backFrom(weights, weights.length, STEP),
  end: weights.length,
});

export function earlierMessages(weights: Weights, { start, end }: MessageWindow): MessageWindow {
  const earlier = backFrom(weights, start, STEP);
  return { start: earlier, end: Math.min(end, onFrom(weights, earlier, MOST)) };
}

export function laterMessages(weights: Weights, { start, end }: MessageWindow): MessageWindow {
  const later = onFrom(weights, end, STEP);
  return { start: Math.max(start, backFrom(weights, later, MOST)), end: later };
}

/** The messages around one. */
export function messagesAround(weights: Weights, position: number): MessageWindow {
  const start = backFrom(weights, position, STEP / 2);
  return { start, end: Math.max(position + 1, onFrom(weights, start, STEP)) };
}

/** The window with the messages that came to the end. */
export const withEnd = (weights: Weights, { start }: MessageWindow): MessageWindow => ({
  start: Math.max(start, backFrom(weights, weights.length, MOST)),
  end: weights.length,
});

/** The window after messages changed their weights or came to the end. */
export function keptWithin(weights: Weights, { start, end }: MessageWindow): MessageWindow {
  const first = Math.min(start, Math.max(0, weights.length - 1));
  return { start: first, end: Math.min(end, onFrom(weights, first, MOST)) };
}

/** Where a stretch begins that ends at `end` and shows about `parts` parts: one message at least, however large. */
function backFrom(weights: Weights, end: number, parts: number): number {
  let start = end;
  for (let sum = 0; start > 0; start--) {
    sum += weights[start - 1]!;
    if (sum > parts && start < end) break;
  }
  return start;
}

function onFrom(weights: Weights, start: number, parts: number): number {
  let end = start;
  for (let sum = 0; end < weights.length; end++) {
    sum += weights[end]!;
    if (sum > parts && end > start) break;
  }
  return end;
}
