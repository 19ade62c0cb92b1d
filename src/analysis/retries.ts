import { sameValue, type Span } from '../model/index.js';

/** Siblings that are passed on the way to another try, and of those that look alike, how many are read. */
const MOST_PASSED = 500;
const MOST_READ = 8;
/** Tries of one call that are counted. */
const MOST_TRIES = 50;
/** Characters of a message that are looked at. */
const LOOKED_AT = 2000;

/** How a call failed, as far as servers have words for it. */
export interface CallFailure {
  /** The HTTP status: 400 to 599. */
  readonly status?: number;
  /** Whether the server said that there were too many calls. */
  readonly isRateLimit: boolean;
  /** Milliseconds that the server asked to wait. */
  readonly askedToWait?: number;
}

/** A try of a call among its other tries. */
export interface CallTry {
  /** From 1. */
  readonly number: number;
  /** The failed try that this one repeats, and the one that repeats this one, where they are in the trace. */
  readonly previous?: Span;
  readonly next?: Span;
}

/** A retry that a span tells of by an event. */
export interface RetryEvent {
  /** Milliseconds since the epoch. */
  readonly time?: number;
  readonly reason?: string;
  /** Milliseconds that were waited, of all tries together. */
  readonly waited?: number;
}

/** How a failed span failed; `undefined` for one that did not, or that says nothing of it. */
export function failureOf(span: Span): CallFailure | undefined {
  const { attributes, exceptions, statusMessage } = span;
  if (span.status !== 'error' && !exceptions.length) return undefined;
  const said = [statusMessage, ...exceptions.slice(0, 4).flatMap(({ type, message }) => [type, message])]
    .filter((words) => typeof words === 'string')
    .map((words) => words.slice(0, LOOKED_AT));
  const status =
    // OpenTelemetry's names, the older one second (docs/registry/attributes/http.md).
    statusIn(attributes.get('http.response.status_code')) ??
    statusIn(attributes.get('http.status_code')) ??
    statusIn(attributes.get('error.type')) ??
    said.map(statusSaid).find((found) => found !== undefined);
  const isTooMany = status === 429 || said.some((words) => TOO_MANY.test(words));
  // Also 429, but no waiting helps.
  const isRateLimit = isTooMany && !said.some((words) => NO_QUOTA.test(words));
  if (status === undefined && !isRateLimit) return undefined;
  const wait = waitIn(span) ?? said.map(waitSaid).find((found) => found !== undefined);
  return { isRateLimit, ...(status !== undefined && { status }), ...(wait !== undefined && { askedToWait: wait }) };
}

const TOO_MANY = /rate[ _-]?limit|too[ _]?many[ _]?requests|resource[ _]exhausted|throttl/i;
const NO_QUOTA = /insufficient[ _]quota|exceeded your current quota/i;

function statusIn(value: unknown): number | undefined {
  const status = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value;
  return typeof status === 'number' && status >= 400 && status < 600 ? status : undefined;
}

/** “429 Rate limit reached”, “Error code: 429 - {…}”, “Request failed with status code 503”. */
const statusSaid = (words: string): number | undefined =>
  statusIn(
    /^\s*([45]\d\d)\b|\b(?:status|code|http(?:\/[\d.]+)?)\W{0,3}([45]\d\d)\b/i.exec(words)?.slice(1).find(Boolean),
  );

/** RFC 9110, 10.2.3, where it is a number; the one in milliseconds is OpenAI's. */
function waitIn({ attributes }: Span): number | undefined {
  const header = (name: string): number => {
    const value = attributes.get(`http.response.header.${name}`);
    const first: unknown = Array.isArray(value) ? value[0] : value;
    return typeof first === 'string' && /^\d+(?:\.\d+)?$/.test(first) ? Number(first) : NaN;
  };
  const wait = [header('retry-after-ms'), header('retry-after') * 1000].find((found) => !Number.isNaN(found));
  return wait;
}

/** “Please try again in 1.5s”, “retry after 20 seconds”. */
function waitSaid(words: string): number | undefined {
  const [, amount, unit] =
    /\b(?:try again|retry) (?:in|after) (\d{1,9}(?:\.\d{1,9})?) ?(ms|milli|s|min|m)/i.exec(words) ?? [];
  if (amount === undefined) return undefined;
  const lengths: Readonly<Record<string, number>> = { ms: 1, milli: 1, s: 1000, m: 60_000, min: 60_000 };
  return Number(amount) * lengths[unit!.toLowerCase()]!;
}

/**
 * Which try of its call a span is; `undefined` for a call that was made once. The kit's tracer says what a span repeats.
 * Elsewhere a try is repeated by a later sibling of the same name, kind and model that was given the same, begun after the
 * first had failed; a call of a model also by one of another model, to fall back on. OpenTelemetry's count of resends counts where the earlier tries are not in the trace.
 */
export function tryOf(span: Span): CallTry | undefined {
  const resent = span.attributes.get('http.request.resend_count');
  const previous = previousTry(span);
  const next = nextTry(span);
  let number = 1;
  for (let at = previous; at && number < MOST_TRIES; at = previousTry(at)) number++;
  if (typeof resent === 'number' && Number.isInteger(resent) && resent < 1000) number = Math.max(number, resent + 1);
  if (number === 1 && !next) return undefined;
  return { number, ...(previous && { previous }), ...(next && { next }) };
}

const repeatedId = (span: Span): unknown => span.attributes.get('llm_trace.retry_of');

function previousTry(span: Span): Span | undefined {
  const stated = repeatedId(span);
  // A try does not repeat a later one, whatever it says: tries would go round.
  if (typeof stated === 'string') return before(span.trace.span(stated), span);
  let read = 0;
  for (const sibling of siblingsBefore(span)) {
    if (!isAlike(sibling, span)) continue;
    if (++read > MOST_READ) return undefined;
    // What went well was not tried again: the same was asked anew.
    if (isSameTask(sibling, span)) return sibling.status === 'error' ? sibling : undefined;
  }
  return undefined;
}

function nextTry(span: Span): Span | undefined {
  if (span.status !== 'error') return undefined;
  let read = 0;
  for (const later of laterTries(span)) {
    if (!isAlike(span, later)) continue;
    if (++read > MOST_READ) return undefined;
    const stated = repeatedId(later);
    if (typeof stated === 'string' ? stated === span.id : isSameTask(span, later)) return later;
  }
  return undefined;
}

const before = (one: Span | undefined, other: Span): Span | undefined =>
  one && one.index < other.index ? one : undefined;

/** Whether two may be tries of one call, by their outlines. */
const isAlike = (one: Span, other: Span): boolean =>
  one.kind === other.kind && (isOtherModel(one, other) || (one.name === other.name && one.model === other.model));

/** Whether a call was made of another model. Its span may have another name, as names often hold the model. */
const isOtherModel = (one: Span, other: Span): boolean => one.kind === 'llm' && one.model !== other.model;

/** Whether one was over before the other began, and both were given the same. */
function isSameTask(one: Span, later: Span): boolean {
  if (one.end === undefined || one.end > later.start) return false;
  const [asked, askedLater] = [messagesTo(one), messagesTo(later)];
  if (!sameValue(asked, askedLater)) return false;
  // Two clients write one call in different ways: what was said counts, where anything was.
  if (isOtherModel(one, later) && asked.length) return true;
  return sameValue(one.input ?? null, later.input ?? null) && !(isOtherModel(one, later) && one.input === undefined);
}

const messagesTo = ({ messages }: Span): unknown[] =>
  messages.filter(({ origin }) => origin === 'input').map(({ role, parts }) => [role, parts]);

function* siblingsBefore({ trace, index }: Span): Generator<Span> {
  const { parent } = trace.tree;
  const home = parent[index]!;
  let at = index - 1;
  for (let passed = 0; at > home && passed < MOST_PASSED; passed++) {
    if (parent[at] === home) yield trace.spanAt(at--);
    else at = parent[at]!;
  }
}

/** Siblings, and before them children: a try that repeats a root is begun inside it. */
function* laterTries({ trace, index }: Span): Generator<Span> {
  const { parent, size } = trace.tree;
  const home = parent[index]!;
  const inside = index + size[index]!;
  const end = home < 0 ? size.length : home + size[home]!;
  let passed = 0;
  for (let at = index + 1; at < end && passed < MOST_PASSED; at += size[at]!, passed++) {
    if (at >= inside || repeatedId(trace.spanAt(at)) !== undefined) yield trace.spanAt(at);
  }
}

/** Retries that are events of a span and no spans: LangChain's runs tell of those of `with_retry` so. */
export function retryEvents(span: Span): RetryEvent[] {
  const found: RetryEvent[] = [];
  for (const { name, time, attributes } of span.events) {
    if (!/^(?:on_)?retry/i.test(name)) continue;
    const said = attributes.get('kwargs');
    const detail = typeof said === 'object' && said !== null ? (said as Readonly<Record<string, unknown>>) : {};
    if (detail['outcome'] === 'success') continue;
    const { exception, slept } = detail;
    found.push({
      ...(time !== undefined && { time }),
      ...(typeof exception === 'string' && { reason: exception }),
      ...(typeof slept === 'number' && { waited: slept * 1000 }),
    });
  }
  return found;
}
