import { areInternals, LOGPROB_FIELDS, maskedInternals, readInternals } from '../internals/index.js';
import {
  addRecordedSpan,
  Span,
  SpanTable,
  tracesInSteps,
  type Message,
  type RecordedSpan,
  type Trace,
} from '../model/index.js';
import { isSecretName, MASKED, redact } from '../redaction/redact.js';
import { recordedSpanOf } from './recorded-span.js';
import { Slices, type SlowWork } from './slices.js';
import { SecretFinder } from '../redaction/secret-finder.js';

/** What a masked copy is without. */
export interface MaskRules {
  /** Whether what looks like a secret or like personal data is masked. So it is where nothing else is said. */
  known?: boolean;
  /** What else is masked, by how it looks. */
  patterns?: readonly RegExp[];
  /** Names of values that are masked as a whole: of attributes, and of fields inside of values. */
  keys?: Iterable<string>;
  /** Texts that somebody chose. */
  texts?: Iterable<string>;
  /** Ids of spans that say nothing but their names, times and figures. */
  spans?: Iterable<string>;
}

export interface MaskedCopy {
  traces: Trace[];
  /** How many times something was taken out. */
  masked: number;
}

/**
 * Of texts that are masked since of where they stand, only those that long are looked for everywhere else: shorter ones
 * are words.
 */
const SHORTEST_VALUE = 12;

/** Values that are gone through before it is asked what time it is. */
const VALUES_A_STEP = 500;

/** What a span of which nothing is to be said still says. */
const OUTLINE: ReadonlySet<string> = new Set<keyof RecordedSpan>([
  ...(['traceId', 'id', 'parentId', 'name', 'kind', 'start', 'end', 'status', 'service', 'model', 'provider'] as const),
  ...(['usage', 'cost', 'timeToFirstToken'] as const),
]);
/** What holds no text of anybody. */
const FIGURES: ReadonlySet<string> = new Set<keyof RecordedSpan>([
  ...(['kind', 'status', 'start', 'end', 'usage', 'cost', 'timeToFirstToken'] as const),
]);
const IDS: ReadonlySet<string> = new Set(['traceId', 'id', 'parentId', 'spanId']);
/** Words of our own in messages and their parts, by which they are read. */
const OWN_WORDS: ReadonlySet<string> = new Set(['type', 'origin', 'modality', 'hidden']);
const TIMES: ReadonlySet<string> = new Set(['time']);
const ROLES: ReadonlySet<string> = new Set(['system', 'developer', 'user', 'assistant', 'tool', 'function']);
/** Fields of a span that hold records of our own, whose names are no data. */
const RECORDS: ReadonlySet<string> = new Set<keyof RecordedSpan>([
  ...(['documents', 'inputDocuments', 'tools', 'exceptions', 'scores', 'events'] as const),
]);

/**
 * Copies of traces that somebody may be shown. What is masked in one place is masked wherever else it stands, in any of
 * them, also as JSON inside of a text, in an address, in HTML or in base64; then all of the base64 goes, such as a picture.
 * Texts that are shorter than 6 characters are masked where they are words of their own, and not looked for in base64. Not
 * looked for elsewhere: what is masked since of its name or its span and is shorter than 12. Times and figures stay, and
 * words of the format itself, such as roles. Done in slices.
 *
 * @throws the signal's reason, once it is aborted
 */
export async function maskTraces(
  traces: Iterable<Trace>,
  rules: MaskRules = {},
  work: SlowWork = {},
): Promise<MaskedCopy> {
  const list = [...traces];
  const masking = new Masking(rules);
  const count = spanCount(list);
  const slices = new Slices(work, 2 * count);
  const spans: { recorded: RecordedSpan; span: Span }[] = [];
  for (const trace of list) {
    for (let index = 0; index < trace.spans.length; index++) {
      // A span of its own: what is read of it is not kept.
      const span = new Span(trace, index);
      const recorded = recordedSpanOf(span);
      masking.span(recorded);
      masking.value([span.label, trace.name]);
      spans.push({ recorded, span });
      await slices.step();
    }
  }
  masking.lookEverywhere();
  const table = new SpanTable();
  for (const { recorded, span } of spans) {
    const { trace, index } = span;
    const { origin, starts, ends } = trace.table;
    // As exact as they are: the order of the spans may depend on nanoseconds.
    table.origin.epoch ??= origin.epoch;
    const shift = origin.toEpoch(0) - table.origin.toEpoch(0);
    const row = trace.rowAt(index);
    const masked = masking.span(recorded);
    const label = masking.value(span.label) as string | undefined;
    addRecordedSpan(table, masked, { start: starts[row]! + shift, end: ends[row]! + shift, label });
    if (index === 0 && trace.name !== span.name) table.facts(masked.traceId).name = masking.value(trace.name) as string;
    await slices.step();
  }
  const building = tracesInSteps(table);
  let built = building.next();
  for (; !built.done; built = building.next()) await slices.step();
  return { traces: built.value, masked: masking.count };
}

const spanCount = (traces: readonly Trace[]): number => traces.reduce((count, { spans }) => count + spans.length, 0);

/**
 * A masked copy of any JSON value: of the file, say, that traces were read from. What is masked in the traces is masked in
 * it, and the other way round nothing is known of the traces.
 *
 * @throws the signal's reason, once it is aborted
 */
export async function maskJson(
  value: unknown,
  rules: MaskRules = {},
  traces: Iterable<Trace> = [],
  work: SlowWork = {},
): Promise<unknown> {
  const list = [...traces];
  const masking = new Masking(rules);
  const slices = new Slices(work, spanCount(list));
  for (const trace of list) {
    for (let index = 0; index < trace.spans.length; index++) {
      masking.span(recordedSpanOf(new Span(trace, index)));
      await slices.step();
    }
  }
  await masking.slowly(value, slices);
  masking.lookEverywhere();
  return masking.slowly(value, slices);
}

/** Whether a span says a text anywhere, in whatever way it is written there. */
export function holdsText(span: Span, text: string): boolean {
  const masking = new Masking({ known: false, texts: [text] });
  masking.span(recordedSpanOf(span));
  masking.value([span.label, span.trace.name]);
  return masking.count > 0;
}

/** Goes through everything twice: first to learn what is to be masked, then to mask it wherever it stands. */
class Masking {
  count = 0;
  readonly #rules: MaskRules;
  readonly #patterns: readonly RegExp[];
  readonly #keys: ReadonlySet<string>;
  readonly #spans: ReadonlySet<string>;
  /** What was taken out, and what stands in its place. */
  readonly #secrets = new Map<string, string>();
  readonly #ids = new Map<string, string>();
  #finder = new SecretFinder([]);

  constructor(rules: MaskRules) {
    this.#rules = rules;
    this.#patterns = (rules.patterns ?? []).map(
      ({ source, flags }) => new RegExp(source, `${flags.replace(/[gy]/g, '')}g`),
    );
    this.#keys = new Set(Array.from(rules.keys ?? [], (key) => key.toLowerCase()));
    this.#spans = new Set(rules.spans);
    for (const text of rules.texts ?? []) this.#take(text, MASKED);
    this.lookEverywhere();
  }

  lookEverywhere(): void {
    this.#finder = new SecretFinder(this.#secrets);
    this.count = 0;
  }

  span(span: RecordedSpan): RecordedSpan {
    const isHidden = this.#spans.has(span.id);
    const entries = Object.entries(span).map(([field, value]: [string, unknown]): [string, unknown] => {
      if (FIGURES.has(field)) return [field, value];
      if (IDS.has(field)) return [field, this.#id(value as string)];
      const isWhole = isHidden && !OUTLINE.has(field);
      if (field === 'messages') return [field, span.messages!.map((message) => this.#message(message, isWhole))];
      if (field === 'links') return [field, span.links!.map((link) => this.#link(link, isWhole))];
      if (RECORDS.has(field)) return [field, (value as object[]).map((record) => this.#record(record, isWhole, TIMES))];
      return [field, this.value(value, field, isWhole)];
    });
    return Object.fromEntries(entries) as unknown as RecordedSpan;
  }

  #message({ role, parts, ...rest }: Message, isWhole: boolean): Message {
    return {
      ...this.#record(rest, isWhole, OWN_WORDS),
      role: ROLES.has(role) ? role : this.#text(role, '', false),
      parts: parts.map((part) => this.#record(part, isWhole, OWN_WORDS)),
    };
  }

  /** A record of our own: the names of its fields stay, which may be words that somebody masked. */
  #record<Kind extends object>(record: Kind, isWhole: boolean, kept: ReadonlySet<string>): Kind {
    const entries = Object.entries(record).map(([key, held]): [string, unknown] => [
      key,
      kept.has(key) ? held : this.value(held, key, isWhole),
    ]);
    return Object.fromEntries(entries) as Kind;
  }

  #link(link: NonNullable<RecordedSpan['links']>[number], isWhole: boolean): typeof link {
    const { attributes } = link;
    return {
      traceId: this.#id(link.traceId),
      spanId: this.#id(link.spanId),
      ...(attributes && { attributes: this.value(attributes, '', isWhole) as Record<string, unknown> }),
    };
  }

  /** An id may hold what is masked; what points at it must still find it. */
  #id(id: string): string {
    if (this.#finder.without(id) === id) return id;
    let made = this.#ids.get(id);
    if (made === undefined) this.#ids.set(id, (made = `${MASKED}-${this.#ids.size + 1}`));
    return made;
  }

  /** A copy of a JSON value. Nothing here walks by recursion: values of traces may be deep. */
  value(root: unknown, rootName = '', isRootWhole = false): unknown {
    const result: { value?: unknown } = {};
    const waiting: Waiting[] = [{ from: root, into: result, key: 'value', name: rootName, isWhole: isRootWhole }];
    this.#goOn(waiting, Infinity);
    return result.value;
  }

  /** As `value`, in slices. */
  async slowly(root: unknown, slices: Slices): Promise<unknown> {
    const result: { value?: unknown } = {};
    const waiting: Waiting[] = [{ from: root, into: result, key: 'value', name: '', isWhole: false }];
    while (waiting.length) {
      this.#goOn(waiting, VALUES_A_STEP);
      await slices.step();
    }
    return result.value;
  }

  #goOn(waiting: Waiting[], most: number): void {
    for (let count = 0, next; count < most && (next = waiting.pop()); count++) {
      const { from, into, key, name } = next;
      const isWhole = next.isWhole || this.#isSecret(name);
      if (typeof from !== 'object' || from === null) put(into, key, this.#leaf(from, name, isWhole));
      // Tokens that a text was cut into: a secret is spread over them.
      else if (LOGPROB_FIELDS.includes(name)) put(into, key, this.#whole(MASKED));
      else if (!isWhole && areInternals(from)) put(into, key, this.#internals(from));
      else if (Array.isArray(from)) {
        const list: unknown[] = Array.from({ length: from.length });
        put(into, key, list);
        for (let at = 0; at < from.length; at++)
          waiting.push({ from: from[at] as unknown, into: list, key: at, name, isWhole });
      } else {
        const object = {};
        put(into, key, object);
        const pairName = nameOfPair(from);
        for (const [field, held] of Object.entries(from)) {
          const isValue = pairName !== undefined && field.toLowerCase() === 'value';
          const shown = freeKey(object, this.#text(field, '', false));
          waiting.push({ from: held, into: object, key: shown, name: isValue ? pairName : field, isWhole });
          // A place now, so that the order of the fields stays, which are filled in from the last to the first.
          put(object, shown, undefined);
        }
      }
    }
  }

  #isSecret(name: string): boolean {
    return name !== '' && ((this.#rules.known !== false && isSecretName(name)) || this.#keys.has(name.toLowerCase()));
  }

  #leaf(value: unknown, name: string, isWhole: boolean): unknown {
    if (typeof value === 'string') return this.#text(value, name, isWhole);
    if (typeof value !== 'number' && typeof value !== 'bigint') return value;
    const text = String(value);
    if (isWhole) return this.#whole(text);
    const shown = this.#finder.without(text, this.#counted);
    return shown === text ? value : shown;
  }

  #whole(text: string): string {
    if (text === '') return text;
    if (text.length >= SHORTEST_VALUE) this.#take(text, MASKED);
    this.count++;
    return MASKED;
  }

  #text(text: string, name: string, isWhole: boolean): string {
    if (isWhole) return this.#whole(text);
    if (text === '') return text;
    const inside = jsonIn(text);
    const before = this.count;
    const opened = inside === undefined ? undefined : this.value(inside, name);
    if (inside !== undefined && areInternals(inside)) return JSON.stringify(opened);
    let shown = this.#finder.without(this.count === before ? text : jsonOf(opened), this.#counted);
    // What was taken out of the value in the JSON text stands in it already.
    for (const pattern of this.#patterns) shown = shown.replace(pattern, this.#taken);
    return this.#rules.known === false ? shown : redact(shown, this.#told);
  }

  #internals(held: object): unknown {
    const { internals } = readInternals(held);
    return internals && maskedInternals(internals, (text) => this.#text(text, '', false));
  }

  readonly #counted = (): void => {
    this.count++;
  };

  readonly #told = (taken: string, stands: string): void => {
    this.count++;
    // The sign at the end may be that of the sentence.
    this.#take(taken.replace(/[./+=-]+$/, ''), stands);
  };

  readonly #taken = (found: string): string => {
    if (found === '') return found;
    this.#told(found, MASKED);
    return MASKED;
  };

  #take(text: string, stands: string): void {
    if (!this.#secrets.has(text)) this.#secrets.set(text, stands);
  }
}

interface Waiting {
  from: unknown;
  into: object;
  key: string | number;
  name: string;
  isWhole: boolean;
}

/** Also where the key is the name of something that objects have. */
function put(into: object, key: string | number, value: unknown): void {
  Object.defineProperty(into, key, { value, writable: true, enumerable: true, configurable: true });
}

/** Two keys may be the same once they are masked. */
function freeKey(object: object, wanted: string): string {
  let key = wanted;
  for (let number = 2; Object.hasOwn(object, key); number++) key = `${wanted} ${number}`;
  return key;
}

/** What a value is called whose name stands beside it, as in OTLP's attributes and in the headers of a HAR. */
function nameOfPair(record: object): string | undefined {
  const { key, name, value } = record as { key?: unknown; name?: unknown; value?: unknown };
  if (value === undefined) return undefined;
  return typeof key === 'string' ? key : typeof name === 'string' ? name : undefined;
}

/** The object or the list that a text is the JSON of. */
function jsonIn(text: string): object | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as object;
  } catch {
    return undefined;
  }
}

/** JSON of a value that came from JSON; of one that is too deep for the engine, nothing. */
function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return JSON.stringify(MASKED);
  }
}
