import type { TimeRange } from '../internal/flame-range.js';
import { NOISE_FIELDS, type NoiseField, type SpanNoise } from '../internal/span-noise.js';
import type { TimeScaleName } from '../internal/time-map.js';
import type { TimelineLayout, TraceViewName } from './events/index.js';
import type { LlmTraceView } from './llm-trace-view/llm-trace-view.js';

/** How the state of a view is kept in an address. */
export interface UrlOptions {
  /** Stands before the name of each parameter: tells the views of a page apart. */
  prefix?: string;
  /**
   * The part of the address: `hash`, which browsers send to no server (a search may hold what nobody else is to read), or
   * `query`, for pages whose hash is taken, as by a router.
   */
  part?: 'hash' | 'query';
  /** Whose address: that of the page. A view in a frame may want `parent`. */
  window?: Window;
}

/** One thing that an address holds of a view. */
interface Parameter {
  readonly name: string;
  /** Whether a change of it is a step that the Back button takes back. What changes while a person types or zooms is none. */
  readonly isStep: boolean;
  /** Empty for nothing. */
  read(view: LlmTraceView): string;
  write(view: LlmTraceView, text: string): void;
}

/** The view takes any word where it knows some: an address may say anything. */
const PARAMETERS: readonly Parameter[] = [
  {
    name: 'trace',
    isStep: true,
    // What a store shows without an id is the newest, tomorrow another one: a link to a span is one to its trace.
    read: ({ traceId, store, selected, trace }) => traceId ?? (store && selected !== undefined ? trace?.id : '') ?? '',
    write: (view, text) => (view.traceId = text || undefined),
  },
  {
    name: 'span',
    isStep: true,
    read: ({ selected }) => selected ?? '',
    write: (view, text) => (view.selected = text || undefined),
  },
  {
    name: 'view',
    isStep: true,
    read: ({ view }) => view ?? '',
    write: (view, text) => (view.view = (text || undefined) as TraceViewName | undefined),
  },
  {
    name: 'search',
    isStep: false,
    read: ({ query }) => query,
    write: (view, text) => (view.query = text),
  },
  {
    name: 'range',
    isStep: false,
    read: ({ range }) => (range ? `${milliseconds(range.start)}~${milliseconds(range.end)}` : ''),
    write: (view, text) => (view.range = rangeOf(text)),
  },
  {
    name: 'hidden',
    isStep: false,
    read: ({ noise }) => (noise ? JSON.stringify(noise) : ''),
    write: (view, text) => (view.noise = noiseOf(text)),
  },
  {
    name: 'grouped',
    isStep: false,
    read: ({ grouped }) => (grouped ? 'yes' : ''),
    write: (view, text) => (view.grouped = text === 'yes'),
  },
  {
    name: 'scale',
    isStep: false,
    read: ({ scale }) => scale,
    write: (view, text) => (view.scale = text as TimeScaleName),
  },
  {
    name: 'layout',
    isStep: false,
    read: ({ layout }) => layout,
    write: (view, text) => (view.layout = text as TimelineLayout),
  },
];

/** Down to a nanosecond. */
const milliseconds = (time: number): number => Math.round(time * 1e6) / 1e6;

function rangeOf(text: string): TimeRange | undefined {
  const [, start, end] = /^(-?[\d.e+-]+)~([\d.e+-]+)$/.exec(text) ?? [];
  const range = { start: Number(start), end: Number(end) };
  return Number.isFinite(range.start) && range.end > range.start && range.end < Infinity ? range : undefined;
}

function noiseOf(text: string): SpanNoise | undefined {
  let said: Partial<Record<NoiseField, unknown>>;
  try {
    said = Object(JSON.parse(text)) as typeof said;
  } catch {
    return undefined;
  }
  const lists = NOISE_FIELDS.flatMap((field) => {
    const list: unknown = said[field];
    const words = Array.isArray(list) ? list.filter((word) => typeof word === 'string') : [];
    return words.length ? [[field, words] as const] : [];
  });
  return lists.length ? Object.fromEntries(lists) : undefined;
}

/** Milliseconds without a change before typing and zooming are written: browsers limit how often an address may change. */
const PAUSE = 250;

/**
 * Keeps what a view shows in the address of the page, and the other way round: which trace, the selected span, the view, what
 * is searched for, the stretch of time, what is hidden or grouped, and how time is drawn. A link to the page then leads to the same place, and the Back button goes from
 * span to span. What the properties of the view are when this is called is left out of the address.
 *
 * Only its own parameters are touched: what else is in the address stays, and so does `history.state`. An id that is not in
 * the trace stays in the address; the view says that there is no such span.
 *
 * @returns what ends it; the address stays as it is
 */
export function keepInUrl(
  view: LlmTraceView,
  { prefix = '', part = 'hash', window: page = window }: UrlOptions = {},
): () => void {
  const { history, location } = page;
  const names = new Set(PARAMETERS.map(({ name }) => prefix + name));
  /** Texts of the properties where the address says nothing. */
  let initial: readonly string[] = [];
  /** Texts of the properties that the address, or what waits to be written, holds. */
  let known: readonly string[] = [];
  let waiting: ReturnType<typeof setTimeout> | undefined;

  const stateOf = (): string[] => PARAMETERS.map((parameter) => parameter.read(view));
  const pieces = (): string[] => location[part === 'hash' ? 'hash' : 'search'].slice(1).split('&').filter(Boolean);
  const nameOf = (piece: string): string => new URLSearchParams(piece).keys().next().value ?? '';

  /** The address with this state in it. */
  const addressOf = (state: readonly string[]): string => {
    const own = new URLSearchParams();
    PARAMETERS.forEach(({ name }, at) => {
      if (state[at] !== initial[at]) own.set(prefix + name, state[at]!);
    });
    const texts = pieces().filter((piece) => !names.has(nameOf(piece)));
    if (own.size) texts.push(own.toString());
    const address = new URL(location.href);
    address[part === 'hash' ? 'hash' : 'search'] = texts.join('&');
    return address.href;
  };

  const write = (state: readonly string[], how: 'pushState' | 'replaceState'): void => {
    const address = addressOf(state);
    if (address === location.href) return;
    try {
      history[how](history.state, '', address);
    } catch {
      // Browsers refuse more than some changes in a while, and the query of a page that was opened from disk.
    }
  };

  /** Writes what waits. */
  const flush = (): void => {
    if (waiting === undefined) return;
    clearTimeout(waiting);
    waiting = undefined;
    write(known, 'replaceState');
  };

  const onUpdated = (): void => {
    const state = stateOf();
    if (state.every((text, at) => text === known[at])) return;
    if (PARAMETERS.some(({ isStep }, at) => isStep && state[at] !== known[at])) {
      flush();
      write(state, 'pushState');
    } else {
      clearTimeout(waiting);
      waiting = setTimeout(flush, PAUSE);
    }
    known = state;
  };

  /** Takes what the address says. */
  const onNavigated = (): void => {
    clearTimeout(waiting);
    waiting = undefined;
    const said = new URLSearchParams(pieces().join('&'));
    PARAMETERS.forEach((parameter, at) => {
      const text = said.get(prefix + parameter.name) ?? initial[at]!;
      if (text !== parameter.read(view)) parameter.write(view, text);
    });
    known = stateOf();
  };

  const controller = { hostUpdated: onUpdated };
  let isFollowed = false;
  let isOver = false;
  // A page may ask for this before the element is registered.
  void customElements.whenDefined(view.localName).then(() => {
    if (isOver) return;
    isFollowed = true;
    initial = stateOf();
    onNavigated();
    view.addController(controller);
    page.addEventListener('popstate', onNavigated);
    page.addEventListener('pagehide', flush);
  });
  return () => {
    isOver = true;
    if (!isFollowed) return;
    flush();
    view.removeController(controller);
    page.removeEventListener('popstate', onNavigated);
    page.removeEventListener('pagehide', flush);
  };
}
