import { asNumber } from '../../conventions/convention.js';
import type { SpanLink } from '../../model/index.js';
import { textOrJson } from '../../payloads/json-record.js';
import { asText, isObject, type JsonObject } from '../../payloads/json-value.js';

/** One span in the making. */
export interface Slice {
  /** Its first event, what happened in it, and its last event, as far as there are any. */
  events: JsonObject[];
  /** Place of the first event in the file. */
  index: number;
  /** Microseconds; `NaN` where the file has no time. */
  start: number;
  end: number;
  parent?: Slice;
  links?: SpanLink[];
}

/** An end or a corner of an arrow. */
export interface FlowPoint {
  event: JsonObject;
  time: number;
  slice?: Slice;
}

/** What happened in one thread. */
export interface Lane {
  slices: Slice[];
  flows: FlowPoint[];
}

interface TimedEvent {
  event: JsonObject;
  index: number;
  time: number;
}

/** Phases of spans that are told by an id; what begins one, what is within it, what ends it. */
const ASYNC: ReadonlyMap<string, 'begin' | 'within' | 'end'> = new Map([
  ...['b', 'S', 'N'].map((phase) => [phase, 'begin'] as const),
  ...['n', 'T', 'p', 'O'].map((phase) => [phase, 'within'] as const),
  ...['e', 'F', 'D'].map((phase) => [phase, 'end'] as const),
]);

/** More than this is no date. */
const MOST_MICROS = 8.64e18;

/** Microseconds; `NaN` for what is no time. */
export function microsOf(value: unknown): number {
  const micros = asNumber(value);
  return micros !== undefined && Math.abs(micros) <= MOST_MICROS ? micros : NaN;
}

/** The process and the thread of an event, as one key. */
export const laneKey = (event: JsonObject): string => `${textOrJson(event['pid'])} ${textOrJson(event['tid'])}`;

/** Puts events together that make one span, in whatever order they stand. */
export class ChromeSlices {
  readonly all: Slice[] = [];
  readonly lanes = new Map<string, Lane>();
  readonly metadata = new ChromeMetadata();
  readonly #counters = new Map<string, Slice>();
  readonly #nested = new Map<string, TimedEvent[]>();
  readonly #async = new Map<string, TimedEvent[]>();
  #index = 0;

  add(event: JsonObject): void {
    const timed: TimedEvent = { event, index: this.#index++, time: microsOf(event['ts']) };
    const phase = asText(event['ph']);
    if (phase === 'X') this.#inLane(timed, timed.time + microsOf(event['dur']));
    else if (phase === 'M') this.metadata.add(event);
    else if (phase === 'B' || phase === 'E') listed(this.#nested, laneKey(event)).push(timed);
    else if (ASYNC.has(phase)) listed(this.#async, asyncKey(event)).push(timed);
    else if (phase === 'C') this.#count(timed);
    else if (phase === 's' || phase === 't' || phase === 'f') this.#lane(event).flows.push(timed);
    else this.#inLane(timed, timed.time);
  }

  /** To be called once all events are added. */
  finish(): void {
    for (const events of this.#nested.values()) this.#pair(events, (timed) => this.#inLane(timed, NaN));
    for (const events of this.#async.values()) this.#pair(events, (timed) => this.#slice(timed, NaN));
  }

  #slice({ event, index, time }: TimedEvent, end: number): Slice {
    const slice: Slice = { events: [event], index, start: time, end };
    this.all.push(slice);
    return slice;
  }

  #inLane(timed: TimedEvent, end: number): Slice {
    const slice = this.#slice(timed, end);
    if (!Number.isNaN(timed.time)) this.#lane(timed.event).slices.push(slice);
    return slice;
  }

  #lane(event: JsonObject): Lane {
    const key = laneKey(event);
    let lane = this.lanes.get(key);
    if (!lane) this.lanes.set(key, (lane = { slices: [], flows: [] }));
    return lane;
  }

  /** Gives each beginning the end that belongs to it: the last that was begun ends first. */
  #pair(events: TimedEvent[], begin: (timed: TimedEvent) => Slice): void {
    const open: Slice[] = [];
    for (const timed of events.sort((one, other) => one.time - other.time || one.index - other.index)) {
      const phase = asText(timed.event['ph']);
      const role = phase === 'B' ? 'begin' : phase === 'E' ? 'end' : ASYNC.get(phase);
      const top = open.at(-1);
      if (role === 'begin') {
        const slice = begin(timed);
        // Spans of a thread are nested by their times, with all others of the thread.
        if (phase !== 'B' && top) slice.parent = top;
        open.push(slice);
      } else if (!top) {
        // The beginning was before the recording: what is known is kept.
        const slice = this.#slice(timed, timed.time);
        if (role === 'end') slice.start = NaN;
      } else {
        top.events.push(timed.event);
        if (role === 'end') {
          top.end = timed.time;
          open.pop();
        }
      }
    }
  }

  #count(timed: TimedEvent): void {
    const { event, time } = timed;
    const key = textOrJson([event['pid'], event['name'], event['id']]);
    const slice = this.#counters.get(key);
    if (!slice) {
      this.#counters.set(key, this.#slice(timed, time));
      return;
    }
    slice.events.push(event);
    if (!(slice.start <= time)) slice.start = time;
    if (!(slice.end >= time)) slice.end = time;
  }
}

function listed<Item>(lists: Map<string, Item[]>, key: string): Item[] {
  let list = lists.get(key);
  if (!list) lists.set(key, (list = []));
  return list;
}

/** What the events of one asynchronous span share. Ids of `id2` are of one process or of all. */
function asyncKey(event: JsonObject): string {
  const { id, id2, cat, scope, pid } = event;
  const isObjectLife = 'NOD'.includes(asText(event['ph']));
  if (isObject(id2) && id2['local'] !== undefined) return textOrJson([cat, scope, 'local', pid, id2['local']]);
  const known = isObject(id2) ? id2['global'] : id;
  return textOrJson(isObjectLife ? ['object', scope, known, pid] : [cat, scope, known]);
}

/** What names and describes processes and threads. */
export class ChromeMetadata {
  readonly #byLane = new Map<string, Map<string, unknown>>();

  add(event: JsonObject): void {
    const name = asText(event['name']);
    const { args } = event;
    const value = isObject(args) ? (args['name'] ?? args['labels'] ?? args['sort_index'] ?? args) : args;
    // Every thread may state the name of its process; it is kept with the process.
    const key = name.startsWith('process_') ? textOrJson(event['pid']) : laneKey(event);
    let known = this.#byLane.get(key);
    if (!known) this.#byLane.set(key, (known = new Map<string, unknown>()));
    known.set(name, value);
  }

  processName(pid: unknown): string | undefined {
    return asText(this.#byLane.get(textOrJson(pid))?.get('process_name')) || undefined;
  }

  of(event: JsonObject): Map<string, unknown> {
    return new Map([
      ...(this.#byLane.get(textOrJson(event['pid'])) ?? []),
      ...(this.#byLane.get(laneKey(event)) ?? []),
    ]);
  }
}

/** Whether an event is about a moment within its span rather than about the span. */
export const isMoment = (event: JsonObject): boolean =>
  event['ph'] === 'C' || ASYNC.get(asText(event['ph'])) === 'within';

/** The arguments of a span: those of its first and those of its last event. */
export function* argumentsOf(events: readonly JsonObject[]): Generator<[string, unknown]> {
  for (const event of events) {
    if (isObject(event['args']) && !isMoment(event)) yield* Object.entries(event['args']);
  }
}

/** The record of a span: its event, or the list of them. */
export const rawOf = ({ events }: Slice): object => (events.length === 1 ? events[0]! : { events });

/** The events of a record. */
export const eventsOfRaw = (raw: unknown): readonly JsonObject[] =>
  !isObject(raw)
    ? []
    : typeof raw['ph'] !== 'string' && Array.isArray(raw['events'])
      ? (raw['events'] as unknown[]).filter(isObject)
      : [raw];
