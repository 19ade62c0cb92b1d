import { maskJson, maskTraces, type MaskedCopy, type MaskRules } from '../../export/masked-copy.js';
import { hasProgram } from '../../export/program.js';
import { toHtmlFile } from '../../export/html-file.js';
import { toMarkdown } from '../../export/markdown.js';
import { otlpText } from '../../export/otlp.js';
import { partOf, type SlowWork } from '../../export/slices.js';
import { readInput } from '../../formats/input.js';
import { readTraces } from '../../formats/index.js';
import type { Messages } from '../../i18n/index.js';
import type { ViewSettings } from '../../internal/view-settings.js';
import type { Span, Trace } from '../../model/index.js';
import type { TraceViewName } from '../events/index.js';
import type { Palette } from '../llm-timeline/palette.js';
import { fileNameOf } from '../../internal/save-file.js';
import { pngOf, svgOf, timelinePicture, type TimelineDrawing } from './share-timeline.js';

/** What is shown. */
export interface Shown {
  traces: readonly Trace[];
  /** The one that is in sight. */
  trace: Trace;
  /** The selected span. */
  span: Span | undefined;
  /** What the traces were read from, where it can be had once more. */
  original: (() => Promise<unknown>) | undefined;
  messages: Messages;
}

/** What is handed on, and how. */
export interface Shared extends Shown {
  settings: ViewSettings;
  theme: 'auto' | 'light' | 'dark';
  palette: Palette;
  drawing: ViewDrawing;
  /** What is masked; `undefined` where nothing is. */
  rules: MaskRules | undefined;
  /** Shows how far it is, and ends it. */
  work: SlowWork;
}

/** How a view shows its spans. */
export interface ViewDrawing extends TimelineDrawing {
  /** Where that was said. */
  readonly view: TraceViewName | undefined;
  readonly grouped: boolean;
}

/** A masked copy of what is shared, or what is shared. */
interface Ready {
  traces: readonly Trace[];
  trace: Trace;
  span: Span | undefined;
  masked: number | undefined;
}

/** What leaves the page. */
export type Outcome =
  | { type: 'file'; name: string; content: Blob; masked: number | undefined }
  | { type: 'text'; text: string; masked: number | undefined }
  | { type: 'picture'; content: Blob; masked: number | undefined }
  | { type: 'print' };

export interface ShareItem {
  id: string;
  label(messages: Messages): string;
  /** How much of what is shown it holds. */
  scope(shown: Shown): string;
  /** Why it cannot be had. */
  hindrance?(shown: Shown): string | undefined;
  make(shared: Shared): Promise<Outcome>;
}

async function ready(shared: Shared): Promise<Ready> {
  const { traces, trace, span, rules, work } = shared;
  if (!rules) return { traces, trace, span, masked: undefined };
  const copy: MaskedCopy = await maskTraces(traces, rules, partOf(work, 0, 0.6));
  const masked = copy.traces[traces.indexOf(trace)] ?? copy.traces[0]!;
  return { traces: copy.traces, trace: masked, span: span && masked.spans.at(span.index), masked: copy.masked };
}

const json = (text: string | readonly string[]): Blob => new Blob([text].flat(), { type: 'application/json' });

/** How much of the work comes after masking. */
const rest = ({ rules, work }: Shared): SlowWork => partOf(work, rules ? 0.6 : 0, 1);

const file = (name: string, ending: string, content: Blob, masked: number | undefined): Outcome => ({
  type: 'file',
  name: fileNameOf(name, `${masked === undefined ? '' : '.masked'}${ending}`),
  content,
  masked,
});

async function otlpFile(shared: Shared): Promise<Outcome> {
  const { traces, trace, masked } = await ready(shared);
  return file(trace.name, '.otlp.json', json(await otlpText(traces, rest(shared))), masked);
}

async function originalFile(shared: Shared): Promise<Outcome> {
  const { original, rules, trace, work } = shared;
  const source = await original!();
  if (!rules) {
    const content =
      source instanceof Blob ? source : typeof source === 'string' ? new Blob([source]) : json(JSON.stringify(source));
    const name = source instanceof File ? source.name : undefined;
    return name ? { type: 'file', name, content, masked: undefined } : file(trace.name, '.json', content, undefined);
  }
  const input = await readInput(source, {});
  const values = 'text' in input ? documentsIn(input.text) : 'value' in input ? [input.value] : undefined;
  const { traces, masked } = await ready(shared);
  const name = traces[0]!.name;
  if (values) {
    const copies = [];
    for (const value of values) {
      copies.push(JSON.stringify(await maskJson(value, rules, shared.traces, partOf(work, 0.6, 0.9))));
    }
    const text = copies.join('\n');
    // What is masked may be what the format is known by, or what spans find each other by.
    const again = await readTraces(text).catch((): Trace[] => []);
    const isSame =
      again.length === traces.length && again.every((one, at) => one.spans.length === traces[at]!.spans.length);
    if (isSame) return file(name, values.length > 1 ? '.jsonl' : '.json', new Blob([text]), masked);
  }
  return file(name, '.otlp.json', json(await otlpText(traces, rest(shared))), masked);
}

/** The JSON documents of a text: one, or one a line. */
function documentsIn(text: string): unknown[] | undefined {
  try {
    return [JSON.parse(text) as unknown];
  } catch {
    try {
      const lines = text.split('\n').filter((line) => line.trim());
      return lines.map((line): unknown => JSON.parse(line));
    } catch {
      return undefined;
    }
  }
}

async function htmlFile(shared: Shared): Promise<Outcome> {
  const { traces, trace, span, masked } = await ready(shared);
  const { settings, theme, messages } = shared;
  const { view, grouped, scale, layout } = shared.drawing;
  const text = await toHtmlFile(traces, {
    title: trace.name,
    locale: messages.locale,
    theme,
    links: settings.links,
    media: settings.media,
    content: settings.content,
    ...rest(shared),
    // Neither what is searched for nor what is hidden: both may say what is masked.
    grouped,
    ...(view && { view }),
    ...(scale !== 'time' && { scale }),
    ...(layout !== 'time' && { layout }),
    ...(traces.length > 1 && { traceId: trace.id }),
    ...(span && { selected: span.id }),
  });
  return file(trace.name, '.html', new Blob([text], { type: 'text/html' }), masked);
}

async function picture(shared: Shared) {
  const { trace, masked } = await ready(shared);
  const { trace: inSight, palette, messages, drawing } = shared;
  return { trace, masked, picture: timelinePicture(trace, { inSight, palette, messages, ...drawing }) };
}

const everything = ({ traces, messages }: Shown): string => messages.share.allTraces(traces.length);
const oneTrace = ({ messages }: Shown): string => messages.share.thisTrace;

/** In the order in which they stand. */
export const SHARE_ITEMS: readonly ShareItem[] = [
  {
    id: 'html',
    label: ({ share }) => share.htmlFile,
    scope: everything,
    hindrance: ({ messages }) => (hasProgram() ? undefined : messages.share.noProgram),
    make: htmlFile,
  },
  {
    id: 'original',
    label: ({ share }) => share.original,
    scope: everything,
    hindrance: ({ original, messages }) => (original ? undefined : messages.share.noOriginal),
    make: originalFile,
  },
  { id: 'otlp', label: ({ share }) => share.otlp, scope: everything, make: otlpFile },
  {
    id: 'markdown',
    label: ({ share }) => share.markdown,
    scope: ({ span, messages }) => (span ? messages.share.thisSpan : messages.share.thisTrace),
    async make(shared) {
      const { trace, span, masked } = await ready(shared);
      return { type: 'text', text: toMarkdown(span ?? trace, { messages: shared.messages }), masked };
    },
  },
  {
    id: 'svg',
    label: ({ share }) => share.timelineSvg,
    scope: oneTrace,
    async make(shared) {
      const { trace, masked, picture: drawn } = await picture(shared);
      return file(trace.name, '.svg', new Blob([svgOf(drawn)], { type: 'image/svg+xml' }), masked);
    },
  },
  {
    id: 'png',
    label: ({ share }) => share.timelinePng,
    scope: oneTrace,
    async make(shared) {
      const { trace, masked, picture: drawn } = await picture(shared);
      return file(trace.name, '.png', await pngOf(drawn), masked);
    },
  },
  {
    id: 'copy-png',
    label: ({ share }) => share.timelineCopy,
    scope: oneTrace,
    async make(shared) {
      const { masked, picture: drawn } = await picture(shared);
      return { type: 'picture', content: await pngOf(drawn), masked };
    },
  },
  {
    id: 'print',
    label: ({ share }) => share.print,
    scope: oneTrace,
    make: () => Promise.resolve({ type: 'print' }),
  },
];
