import { USAGE_FIELDS } from '../model/usage.js';
import type { SpanKind, SpanOutline, TimeOrigin, Usage } from '../model/index.js';
import { jsonOrText } from '../payloads/json-text.js';
import type { Convention, FactsRule, OutlineFacts, OutlineRule } from './convention.js';
import { firstConventions } from './first-conventions.js';

type Fact = keyof OutlineFacts;

/** Every fact, in places of an array: to write under a name that varies takes ten times as long. */
const FACTS = [
  ...USAGE_FIELDS,
  'kind',
  'name',
  'label',
  'model',
  'provider',
  'service',
  'cost',
  'inputCost',
  'outputCost',
  'timeToFirstToken',
  'firstTokenAt',
  'traceName',
  'ids',
  'sessionId',
  'userId',
  'tags',
  'metadata',
] as const satisfies readonly Fact[];

/** The place of each fact. */
const AT = Object.fromEntries(FACTS.map((fact, place) => [fact, place])) as Record<Fact, number>;

/** The rank of a fact that nobody has stated. */
const OPEN = Infinity;

const asItIs = (value: unknown): unknown => value;

/** One rule, with the place of its fact. */
interface PlacedRule {
  /** -1 for a rule that states several. */
  readonly at: number;
  readonly rank: number;
  readonly read: (value: unknown) => unknown;
  readonly facts: ((value: unknown) => OutlineFacts) | undefined;
}

/** All have the same members, so that one and the same code reads them. */
const placed = (rule: OutlineRule | FactsRule): PlacedRule =>
  'facts' in rule
    ? { at: -1, rank: rule.rank, read: asItIs, facts: (value) => rule.facts(value) }
    : { at: AT[rule.fact], rank: rule.rank, read: rule.read, facts: undefined };

/** Places for keys: some eight for each that is known, so that most that are not are told by one look. */
const SLOTS = 2048;

/** By the length of a key and three of its characters: to hash all of it, as a `Map` has to, takes longer than all the rest. */
const slotOf = (key: string): number => {
  const { length } = key;
  const characters =
    (key.charCodeAt(length - 1) * 31 + key.charCodeAt(length >>> 1)) * 31 + key.charCodeAt((length * 3) >>> 2);
  return (characters * 31 + length) & (SLOTS - 1);
};

/** The rules of a known key. */
interface KeyRules {
  readonly key: string;
  readonly rules: PlacedRule[];
}

/** Finds the rules of a key. What keys there are is known beforehand: nobody can make them collide. */
class RulesByKey {
  readonly #slots: (KeyRules[] | undefined)[] = Array.from({ length: SLOTS }, () => undefined);

  constructor(all: readonly Convention[]) {
    for (const convention of all) {
      for (const [key, rule] of convention.outline) {
        const others = this.get(key);
        if (others) others.push(placed(rule));
        else (this.#slots[slotOf(key)] ??= []).push({ key, rules: [placed(rule)] });
      }
    }
  }

  get(key: string): PlacedRule[] | undefined {
    const known = this.#slots[slotOf(key)];
    if (known === undefined) return undefined;
    for (const entry of known) if (entry.key === key) return entry.rules;
    return undefined;
  }
}

let known = firstConventions;
let rulesByKey = new RulesByKey(known);
let metadataPrefixes: readonly string[] = [];
let naming: readonly Convention[] = [];

/** Puts all vocabularies in place of the first ones. */
export function learn(all: readonly Convention[]): void {
  if (known === all) return;
  known = all;
  rulesByKey = new RulesByKey(all);
  metadataPrefixes = all.flatMap(({ metadataPrefix }) => metadataPrefix ?? []);
  naming = all.filter((convention) => convention.kindOfName);
}

/** Whether all are known. */
export const knowsAll = (): boolean => known !== firstConventions;

/**
 * Collects what the attributes of one span say of its outline, all conventions at once: one look-up an attribute, so
 * that the spans of a large trace can be outlined without unpacking them. Reused from span to span.
 */
export class OutlineDraft {
  /** By the place of the fact. */
  readonly #facts: unknown[] = FACTS.map(() => undefined);
  readonly #ranks = new Float64Array(FACTS.length).fill(OPEN);
  /** Places of the facts that are stated. */
  readonly #stated = new Uint8Array(FACTS.length);
  #statedCount = 0;
  #metadata: Map<string, unknown> | undefined;

  reset(): void {
    for (let index = 0; index < this.#statedCount; index++) {
      const at = this.#stated[index]!;
      this.#facts[at] = undefined;
      this.#ranks[at] = OPEN;
    }
    this.#statedCount = 0;
    this.#metadata = undefined;
  }

  attribute(key: string, value: unknown): void {
    this.attributeOf(key, value, asItIs);
  }

  /** An attribute whose value is decoded only if a convention knows the key. */
  attributeOf(key: string, source: unknown, decode: (source: unknown) => unknown): void {
    const rules = rulesByKey.get(key);
    if (!rules) {
      const prefix = metadataPrefixOf(key);
      if (prefix !== undefined) this.#metadataEntry(key.slice(prefix.length), decode(source));
      return;
    }
    const value = decode(source);
    for (const rule of rules) {
      if (rule.facts) this.#stateAll(rule.facts(value), rule.rank);
      else if (rule.rank < this.#ranks[rule.at]!) this.#state(rule.at, rule.rank, rule.read(value));
    }
  }

  #metadataEntry(key: string, value: unknown): void {
    if (value !== undefined && value !== null) (this.#metadata ??= new Map()).set(key, jsonOrText(value));
  }

  #stateAll(facts: OutlineFacts, rank: number): void {
    for (const fact in facts) {
      const at = AT[fact as Fact];
      if (rank < this.#ranks[at]!) this.#state(at, rank, facts[fact as Fact]);
    }
  }

  #state(at: number, rank: number, value: unknown): void {
    if (value === undefined || value === null) return;
    if (this.#ranks[at] === OPEN) this.#stated[this.#statedCount++] = at;
    this.#facts[at] = value;
    this.#ranks[at] = rank;
  }

  /** Whether any convention knows this key. */
  knows(key: string): boolean {
    return rulesByKey.get(key) !== undefined || metadataPrefixOf(key) !== undefined;
  }

  /**
   * Writes what was collected into an outline whose name is already set. With the origin that the outline's start counts
   * from, also how long the first token took, and what the whole trace is called.
   */
  writeTo(outline: SpanOutline, origin?: TimeOrigin): void {
    const facts = this.#facts;
    const usage = this.#usage();
    outline.kind =
      (facts[AT.kind] as SpanKind | undefined) ??
      kindOfName(outline.name) ??
      (facts[AT.model] !== undefined && usage ? 'llm' : 'span');
    if (facts[AT.name] !== undefined) outline.name = facts[AT.name] as string;
    // An empty one says that there is none, whatever other attributes say.
    outline.label = (facts[AT.label] as string | undefined) || undefined;
    outline.model = facts[AT.model] as string | undefined;
    outline.provider = facts[AT.provider] as string | undefined;
    if (facts[AT.service] !== undefined) outline.service = facts[AT.service] as string;
    outline.usage = usage;
    outline.cost =
      (facts[AT.cost] as number | undefined) ??
      sumOf(facts[AT.inputCost] as number | undefined, facts[AT.outputCost] as number | undefined);
    outline.timeToFirstToken = facts[AT.timeToFirstToken] as number | undefined;
    if (facts[AT.ids] !== undefined) Object.assign(outline, facts[AT.ids]);
    outline.traceName = origin && (facts[AT.traceName] as string | undefined);
    if (origin) this.#writeWait(origin, outline);
    outline.sessionId = facts[AT.sessionId] as string | undefined;
    outline.userId = facts[AT.userId] as string | undefined;
    outline.tags = facts[AT.tags] as readonly string[] | undefined;
    outline.metadata = facts[AT.metadata] ?? (this.#metadata && Object.fromEntries(this.#metadata));
  }

  #usage(): Usage | undefined {
    let usage: Usage | undefined;
    for (let index = 0; index < this.#statedCount; index++) {
      const at = this.#stated[index]!;
      if (at < USAGE_FIELDS.length) (usage ??= {})[USAGE_FIELDS[at]!] = this.#facts[at] as number;
    }
    if (usage && usage.total === undefined && usage.input !== undefined && usage.output !== undefined) {
      usage.total = usage.input + usage.output;
    }
    return usage;
  }

  #writeWait(origin: TimeOrigin, outline: SpanOutline): void {
    const firstTokenAt = this.#facts[AT.firstTokenAt] as number | undefined;
    // Where nothing has a time, the moment would become the origin of all that come.
    if (firstTokenAt === undefined || Number.isNaN(outline.start)) return;
    const wait = origin.fromMillis(firstTokenAt) - outline.start;
    if (wait >= 0) outline.timeToFirstToken ??= wait;
  }
}

function kindOfName(name: string): SpanKind | undefined {
  for (const convention of naming) {
    const kind = convention.kindOfName?.(name);
    if (kind) return kind;
  }
  return undefined;
}

/** The prefix that makes a key an entry of the trace's metadata. */
function metadataPrefixOf(key: string): string | undefined {
  for (const prefix of metadataPrefixes) if (key.length > prefix.length && key.startsWith(prefix)) return prefix;
  return undefined;
}

function sumOf(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined && other === undefined ? undefined : (one ?? 0) + (other ?? 0);
}
