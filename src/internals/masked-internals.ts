import type { Internals } from './internals.js';

/** Whether a value is meant to be internals. */
export const areInternals = (value: object): boolean => 'v' in value && value.v === 1 && 'tokens' in value;

/** What stands for a token of which something is masked. */
export const MASKED_TOKEN = '•••';

/**
 * Internals without what a rule masks. A secret is spread over several tokens, none of which looks like one: the joined text is
 * asked. Tokens that touch what was masked lose their text, their number, and what else was likely there.
 */
export function maskedInternals(internals: Internals, mask: (text: string) => string): Internals {
  const { tokens, output, lens, sources } = internals;
  const hidden = tokens ? maskedPlaces(tokens.text, mask) : NONE;
  const masked: Internals = { ...internals };
  for (const name of OTHER_TEXTS) {
    const section = internals[name];
    if (section) Object.assign(masked, { [name]: withMaskedTexts(section, mask) });
  }
  if (hidden.size > 0 && tokens) {
    const { bytes, text } = tokens;
    masked.tokens = {
      ...tokens,
      text: text.map((one, at) => (hidden.has(at) ? MASKED_TOKEN : one)),
      ...(bytes && { bytes: bytes.map((one, at) => (hidden.has(at) ? null : one)) }),
    };
    delete masked.tokens.id;
    delete masked.tokens.start;
    if (output?.top) {
      const isHidden = (at: number): boolean => hidden.has(output.from + at);
      masked.output = {
        ...output,
        top: {
          text: output.top.text.map((texts, at) => (isHidden(at) ? texts.map(() => MASKED_TOKEN) : texts)),
          logprob: output.top.logprob,
        },
      };
    }
    if (lens) {
      const text = lens.top.text.map((layers, at) =>
        hidden.has(at) ? layers.map((texts) => texts.map(() => MASKED_TOKEN)) : layers,
      );
      masked.lens = { ...lens, top: { ...lens.top, text } };
    }
  }
  if (sources) {
    masked.sources = {
      ...sources,
      spans: sources.spans.map((span) => ({ ...span, text: mask(span.text) })),
      docs: sources.docs.map(({ title, url, text, snippets, ...doc }) => ({
        ...doc,
        ...(title !== undefined && { title: mask(title) }),
        ...(url !== undefined && { url: mask(url) }),
        ...(text !== undefined && { text: mask(text) }),
        // Where a text was changed, places in it are others.
        snippets: snippets.map((snippet) => {
          const changed = mask(snippet.text);
          return changed === snippet.text ? snippet : { text: changed };
        }),
      })),
    };
  }
  return masked;
}

/** Sections that hold names and other short texts. */
const OTHER_TEXTS = ['model', 'attribution', 'gradients', 'stages', 'ops', 'capture'] as const;

/** Fields whose texts are words of the format, or packed numbers. */
const KEPT: ReadonlySet<string> = new Set(
  'data index enc dtype layout over unit metric kind clock measured_at'.split(' '),
);

const withMaskedTexts = (section: object, mask: (text: string) => string): unknown =>
  JSON.parse(JSON.stringify(section), (name, held: unknown) =>
    typeof held === 'string' && !KEPT.has(name) ? mask(held) : held,
  );

const NONE: ReadonlySet<number> = new Set();

/** Tokens that touch what a rule changes in their joined text. */
function maskedPlaces(texts: readonly string[], mask: (text: string) => string): ReadonlySet<number> {
  const whole = texts.join('');
  const changed = mask(whole);
  if (changed === whole) return NONE;
  const lines = whole.split('\n');
  const changedLines = lines.map(mask);
  // Where nothing reaches over the end of a line, each line by itself loses less.
  const isByLine = changedLines.join('\n') === changed;
  const stretches = isByLine ? changedStretches(lines, changedLines) : changedStretches([whole], [changed]);
  const places = new Set<number>();
  let start = 0;
  let next = 0;
  texts.forEach((text, at) => {
    const end = start + text.length;
    while (next < stretches.length && stretches[next]![1] <= start) next++;
    const stretch = stretches[next];
    if (stretch && stretch[0] < Math.max(end, start + 1)) places.add(at);
    start = end;
  });
  return places;
}

/** From the first place at which a line is another to the last, counted through all lines. */
function changedStretches(lines: readonly string[], changed: readonly string[]): [start: number, end: number][] {
  const stretches: [number, number][] = [];
  let begin = 0;
  lines.forEach((line, at) => {
    const other = changed[at]!;
    if (other !== line) {
      let same = 0;
      while (same < Math.min(line.length, other.length) && line[same] === other[same]) same++;
      let tail = 0;
      const most = Math.min(line.length, other.length) - same;
      while (tail < most && line.at(-1 - tail) === other.at(-1 - tail)) tail++;
      stretches.push([begin + same, Math.max(begin + same + 1, begin + line.length - tail)]);
    }
    begin += line.length + 1;
  });
  return stretches;
}
