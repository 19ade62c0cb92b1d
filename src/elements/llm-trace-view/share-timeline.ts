import { hasBetween, rectanglesOf } from '../../internal/flame-lanes.js';
import { wholeRange } from '../../internal/flame-range.js';
import { revealedText } from '../../internal/hidden-characters.js';
import { hiddenSpans, type SpanNoise } from '../../internal/span-noise.js';
import { timeMapOf, type TimeScaleName } from '../../internal/time-map.js';
import type { Messages } from '../../i18n/index.js';
import type { Trace } from '../../model/index.js';
import type { TimelineLayout } from '../events/index.js';
import { breaksOf, ticksOf } from '../llm-timeline/axis.js';
import { FittedText } from '../llm-timeline/fitted-text.js';
import { flameOf } from '../llm-timeline/flame.js';
import type { Palette } from '../llm-timeline/palette.js';
import { axisNote } from '../llm-timeline/timeline-parts.js';

/** How the timeline of a view is drawn. */
export interface TimelineDrawing {
  readonly layout: TimelineLayout;
  readonly scale: TimeScaleName;
  readonly noise: SpanNoise | undefined;
}

/** What a picture is made of. */
interface PictureOptions extends TimelineDrawing {
  /** The trace that is in sight: what is hidden is hidden there, also where names are masked in the picture. */
  readonly inSight: Trace;
  readonly palette: Palette;
  readonly messages: Messages;
}

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
/** Left and right of what is written, and left of a name. */
const MARGIN = 6;
const PADDING = 4;
/** The narrowest rectangle with a name. */
const LEAST_NAME = 30;
/** Rectangles of one picture at the most: programs that draw SVG are slow with many. */
const MOST_BOXES = 5000;
const MOST_LANES = 400;

/** The whole of a trace, as the timeline draws it. */
export function timelinePicture(
  trace: Trace,
  { inSight, palette, messages, layout: kind, scale, noise }: PictureOptions,
): TimelinePicture {
  const hidden = hiddenSpans(inSight, noise);
  const flame = flameOf(trace, { layout: kind, map: timeMapOf(trace, scale), hidden });
  const { layout, kinds, errors, map, length } = flame;
  const range = wholeRange(length ?? map?.placeOf(trace.duration) ?? trace.duration);
  const fitted = fittedIn(palette);
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
      if (end !== first + 1 || right - left < LEAST_NAME) return;
      const span = trace.spanAt(layout.positions[first]!);
      words.push({
        left: left + PADDING,
        middle: top + (LANE - 2) / 2,
        text: fitted.fit(`${isError ? '✕ ' : ''}${lineOf(span.name)}`, right - left - 2 * PADDING - 1),
        fill: isError ? palette.errorInk : palette.inks[kinds[first]!]!,
      });
    });
  }
  const height = HEAD + Math.max(1, lane) * LANE + MARGIN;
  const columnOf = (at: number): number => Math.round((at / range.end) * WIDTH);
  const ruler = (left: number): Box => ({ left, top: 28, width: 1, height: height - 28, fill: palette.line });
  const { locale, display } = messages;
  const ticks = ticksOf(range, 10, locale, map);
  const breaks = breaksOf(range, locale, map);
  const rulers = ticks.map(({ at }) => ruler(columnOf(at)));
  // Lines close together, where the time is cut short.
  for (const { start, end } of breaks) {
    for (let left = columnOf(start); left <= columnOf(end); left += 4) rulers.push(ruler(left));
  }
  const labels = [...ticks, ...breaks.map(({ start, label }) => ({ at: start, label }))].sort(
    (one, other) => one.at - other.at,
  );
  for (const [index, { at, label }] of labels.entries()) {
    const left = columnOf(at) + PADDING;
    const end = index + 1 < labels.length ? columnOf(labels[index + 1]!.at) : WIDTH;
    // Half a number is another number.
    if (fitted.fit(label, end - left) === label) words.push({ left, middle: 39, text: label, fill: palette.muted });
  }
  const leftOut = layout.laneCount - lane;
  const title = [
    `${lineOf(trace.name)}${leftOut > 0 ? ` (+ ${leftOut})` : ''}`,
    axisNote(flame, messages),
    hidden ? display.hiddenSpans(hidden.count) : '',
  ];
  const text = fitted.fit(title.filter(Boolean).join(' · '), WIDTH - 2 * MARGIN);
  words.push({ left: MARGIN, middle: 14, text, fill: palette.muted });
  return {
    width: WIDTH,
    height,
    font: palette.font,
    fontSize: palette.fontSize,
    boxes: [{ left: 0, top: 0, width: WIDTH, height, fill: palette.background }, ...rulers, ...boxes],
    words: words.filter((line) => line.text !== ''),
  };
}

/** Cuts texts to what has room for them, in the font of a picture. */
function fittedIn({ font, fontSize }: Palette): FittedText {
  const context = document.createElement('canvas').getContext('2d')!;
  context.font = `${fontSize}px ${font}`;
  const fitted = new FittedText();
  fitted.reset((text) => context.measureText(text).width);
  return fitted;
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
