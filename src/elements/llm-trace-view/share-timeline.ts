import { hasBetween, rectanglesOf } from '../../internal/flame-lanes.js';
import { wholeRange } from '../../internal/flame-range.js';
import { revealedText } from '../../internal/hidden-characters.js';
import type { Trace } from '../../model/index.js';
import { ticksOf } from '../llm-timeline/axis.js';
import { flameOf } from '../llm-timeline/flame.js';
import type { Palette } from '../llm-timeline/palette.js';

/** A rectangle of a picture, with the words on it. */
interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
  fill: string;
}

interface Words {
  left: number;
  /** The middle of the line. */
  middle: number;
  text: string;
  fill: string;
}

/** The timeline of a trace as a picture: what an SVG file and a canvas are made of. */
export interface TimelinePicture {
  width: number;
  height: number;
  boxes: readonly Box[];
  words: readonly Words[];
  font: string;
  fontSize: number;
}

const WIDTH = 1200;
const LANE = 22;
const HEAD = 52;
/** Rectangles of one picture at the most: programs that draw SVG are slow with many. */
const MOST_BOXES = 5000;
const MOST_LANES = 400;
/** What a letter takes of the size of the font, roughly. */
const LETTER = 0.58;

/** The whole of a trace, in the rectangles that the timeline draws. */
export function timelinePicture(trace: Trace, palette: Palette, locale: string): TimelinePicture {
  const flame = flameOf(trace);
  const { layout, kinds, errors } = flame;
  const range = wholeRange(trace.duration);
  const letter = palette.fontSize * LETTER;
  const boxes: Box[] = [];
  const words: Words[] = [];
  const columns = { from: 0, perColumn: range.end / WIDTH, count: WIDTH };
  let lane = 0;
  for (; lane < Math.min(layout.laneCount, MOST_LANES) && boxes.length < MOST_BOXES; lane++) {
    const top = HEAD + lane * LANE;
    rectanglesOf(layout, lane, columns, (left, right, first, end) => {
      if (boxes.length >= MOST_BOXES) return;
      const isError = errors.length > 0 && hasBetween(errors, first, end);
      const fill = isError ? palette.error : palette.fills[kinds[first]!]!;
      boxes.push({ left, top, width: Math.max(0.5, right - left - 1), height: LANE - 2, fill });
      const most = Math.floor((right - left - 10) / letter);
      if (end !== first + 1 || most < 3) return;
      const span = trace.spanAt(layout.positions[first]!);
      const name = `${isError ? '✕ ' : ''}${lineOf(span.name)}`;
      words.push({
        left: left + 4,
        middle: top + (LANE - 2) / 2,
        text: name.length > most ? `${name.slice(0, most - 1).toWellFormed()}…` : name,
        fill: isError ? palette.errorInk : palette.inks[kinds[first]!]!,
      });
    });
  }
  const height = HEAD + Math.max(1, lane) * LANE + 6;
  const ticks = ticksOf(range, 10, locale);
  const grid = ticks.map(({ at }) => ({
    left: Math.round((at / range.end) * WIDTH),
    top: 28,
    width: 1,
    height: height - 28,
    fill: palette.line,
  }));
  const leftOut = layout.laneCount - lane;
  const title = `${lineOf(trace.name)}${leftOut > 0 ? ` (+ ${leftOut})` : ''}`.slice(0, Math.floor(WIDTH / letter) - 2);
  return {
    width: WIDTH,
    height,
    font: palette.font,
    fontSize: palette.fontSize,
    boxes: [{ left: 0, top: 0, width: WIDTH, height, fill: palette.background }, ...grid, ...boxes],
    words: [
      { left: 6, middle: 14, text: title.toWellFormed(), fill: palette.muted },
      ...ticks.map(({ at, label }) => ({
        left: Math.round((at / range.end) * WIDTH) + 4,
        middle: 39,
        text: label,
        fill: palette.muted,
      })),
      ...words,
    ],
  };
}

const lineOf = (name: string): string => revealedText(name.replace(/\s+/g, ' ').trim().slice(0, 200));

const escaped = (text: string): string =>
  text
    .replace(/[^\P{Cc}]/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/** An SVG file: rectangles and words, nothing that runs or is loaded. */
export function svgOf({ width, height, boxes, words, font, fontSize }: TimelinePicture): string {
  const rectangles = boxes.map(
    (box) =>
      `<rect x="${box.left}" y="${box.top}" width="${box.width}" height="${box.height}" fill="${escaped(box.fill)}"/>`,
  );
  const texts = words.map(
    ({ left, middle, text, fill }) =>
      `<text x="${left}" y="${middle}" dominant-baseline="central" fill="${escaped(fill)}">${escaped(text)}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${escaped(font)}" font-size="${fontSize}">
${[...rectangles, ...texts].join('\n')}
</svg>
`;
}

/** Pixels of a PNG for each of the picture's. */
const RATIO = 2;
/** No canvas is higher everywhere. */
const MOST_PIXELS = 8000;

export async function pngOf({ width, height, boxes, words, font, fontSize }: TimelinePicture): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = width * RATIO;
  canvas.height = Math.min(MOST_PIXELS, height * RATIO);
  const context = canvas.getContext('2d')!;
  context.scale(RATIO, RATIO);
  for (const box of boxes) {
    context.fillStyle = box.fill;
    context.fillRect(box.left, box.top, box.width, box.height);
  }
  context.font = `${fontSize}px ${font}`;
  context.textBaseline = 'middle';
  for (const { left, middle, text, fill } of words) {
    context.fillStyle = fill;
    context.fillText(text, left, middle);
  }
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('The browser could not make a picture.');
  return blob;
}
