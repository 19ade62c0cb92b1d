/** A stretch of a stack trace. Those that are folded need not be read: others' code, or the same again. */
export interface StackPiece {
  readonly text: string;
  /** Why it can be folded; `undefined` for what is to be read. */
  readonly fold?: 'library' | 'repeated';
  /** Frames in it, or how often more the frames before it come. */
  readonly count: number;
}

/** Lines that are looked at. What is behind them comes as one piece. */
const MOST_LINES = 4000;
/** So many frames of libraries one after the other are folded. */
const LIBRARY_RUN = 3;
/** Frames of the longest circle that is looked for, and how often it has to come. */
const LONGEST_CIRCLE = 8;
const LEAST_ROUNDS = 3;

/**
 * How frames begin: JavaScript (V8), Java and .NET (`at …`), Python (`File "…"`), Ruby (`from …`), Firefox and Safari
 * (`name@address`).
 */
const FRAME = /^\s*(?:at\s|File "|from\s\S+:\d+:in\s)|^[^\s@]*@\S+:\d+:\d+$/;

/** Code that is not the application's: packages, the runtime and its standard library. */
const LIBRARY =
  /[\\/](?:node_modules|site-packages|dist-packages|gems|\.cargo|rustc)[\\/]|\bnode:|\binternal[\\/](?:process|modules|timers)|[\\/]python\d[\d.]*[\\/]|<frozen |^\s*at (?:java|javax|jdk|sun|kotlin|scala|System|Microsoft)\.|<anonymous>$/;

interface Frame {
  text: string;
  isFrame: boolean;
  isLibrary: boolean;
}

/** Cuts a stack trace into what is to be read and what can be folded. Joined by line breaks the pieces are the whole text. */
export function foldedStack(stack: string): StackPiece[] {
  const { frames, rest } = framesOf(stack);
  const pieces: StackPiece[] = [];
  let shown: Frame[] = [];
  const flush = (): void => {
    if (shown.length) pieces.push({ text: textOf(shown), count: shown.length });
    shown = [];
  };
  for (let at = 0; at < frames.length;) {
    const circle = circleAt(frames, at);
    if (circle) {
      shown.push(...frames.slice(at, at + circle.length));
      flush();
      const end = at + circle.length * circle.rounds;
      pieces.push({
        text: textOf(frames.slice(at + circle.length, end)),
        fold: 'repeated',
        count: circle.rounds - 1,
      });
      at = end;
      continue;
    }
    const end = libraryRunAt(frames, at);
    if (end - at >= LIBRARY_RUN) {
      flush();
      pieces.push({ text: textOf(frames.slice(at, end)), fold: 'library', count: end - at });
      at = end;
      continue;
    }
    shown.push(frames[at++]!);
  }
  flush();
  if (rest !== undefined) pieces.push({ text: rest, count: 1 });
  return pieces;
}

/** Lines put together to frames: lines that are further in than the frame's own belong to it (Python writes the code there). */
function framesOf(stack: string): { frames: Frame[]; rest: string | undefined } {
  const frames: Frame[] = [];
  let start = 0;
  let indent = 0;
  for (let line = 0; start <= stack.length; line++) {
    if (line === MOST_LINES) return { frames, rest: stack.slice(start) };
    const next = stack.indexOf('\n', start);
    const end = next < 0 ? stack.length : next;
    const text = stack.slice(start, end);
    start = end + 1;
    const depth = /^[\t ]*/.exec(text)![0].length;
    const last = frames.at(-1);
    const head = text.slice(0, 2000);
    if (FRAME.test(head)) {
      frames.push({ text, isFrame: true, isLibrary: LIBRARY.test(head) });
      indent = depth;
    } else if (last?.isFrame && depth > indent) last.text += `\n${text}`;
    else frames.push({ text, isFrame: false, isLibrary: false });
  }
  return { frames, rest: undefined };
}

function libraryRunAt(frames: readonly Frame[], from: number): number {
  let end = from;
  while (end < frames.length && frames[end]!.isLibrary && !circleAt(frames, end)) end++;
  return end;
}

/** The shortest circle of frames that begins at a place and comes several times. */
function circleAt(frames: readonly Frame[], from: number): { length: number; rounds: number } | undefined {
  for (let length = 1; length <= LONGEST_CIRCLE; length++) {
    let end = from + length;
    while (end < frames.length && frames[end]!.isFrame && frames[end]!.text === frames[end - length]!.text) end++;
    const rounds = Math.floor((end - from) / length);
    if (rounds >= LEAST_ROUNDS && frames.slice(from, from + length).every(({ isFrame }) => isFrame)) {
      return { length, rounds };
    }
  }
  return undefined;
}

const textOf = (frames: readonly Frame[]): string => frames.map(({ text }) => text).join('\n');
