import { USAGE_FIELDS, type SpanOutline, type SpanTable, type Usage } from '../model/index.js';
import { jsonOrText } from '../payloads/json-text.js';
import type { Convention, FactsRule, OutlineFacts, OutlineRule } from './convention.js';
import { conventions } from './registry.js';

type Fact = keyof OutlineFacts;

function rulesByKey(all: readonly Convention[]): ReadonlyMap<string, readonly (OutlineRule | FactsRule)[]> {
  const rules = new Map<string, (OutlineRule | FactsRule)[]>();
  for (const convention of all) {
    for (const [key, rule] of convention.outline) {
      const others = rules.get(key);
      if (others) others.push(rule);
      else rules.set(key, [rule]);
    }
  }
  return rules;
}

/**
 * Collects what the attributes of one span say of its outline, all conventions at once: one look-up an attribute, so
 * that the spans of a large trace can be outlined without unpacking them. Reused from span to span.
 */
export class OutlineDraft {
  readonly #rules = rulesByKey(conventions);
  #facts: OutlineFacts = {};
  #ranks: Partial<Record<Fact, number>> = {};
  #metadata = new Map<string, unknown>();
  #isEmpty = true;

  reset(): void {
    if (this.#isEmpty) return;
    this.#facts = {};
    this.#ranks = {};
    this.#metadata = new Map();
    this.#isEmpty = true;
  }

  attribute(key: string, value: unknown): void {
    const rules = this.#rules.get(key);
    if (!rules) return this.#metadataEntry(key, value);
    for (const rule of rules) {
      if ('facts' in rule) {
        const facts = rule.facts(value);
        for (const fact in facts) this.#state(fact as Fact, rule.rank, facts[fact as Fact]);
      } else if (this.#isOpen(rule.fact, rule.rank)) this.#state(rule.fact, rule.rank, rule.read(value));
    }
  }

  #metadataEntry(key: string, value: unknown): void {
    const prefix = metadataPrefixOf(key);
    if (prefix === undefined || value === undefined || value === null) return;
    this.#metadata.set(key.slice(prefix.length), jsonOrText(value));
    this.#isEmpty = false;
  }

  /** Whether nothing of this rank or a better one has stated the fact. */
  #isOpen(fact: Fact, rank: number): boolean {
    const known = this.#ranks[fact];
    return known === undefined || rank < known;
  }

  #state(fact: Fact, rank: number, value: OutlineFacts[Fact]): void {
    if (value === undefined || value === null || !this.#isOpen(fact, rank)) return;
    (this.#facts as Record<Fact, unknown>)[fact] = value;
    this.#ranks[fact] = rank;
    this.#isEmpty = false;
  }

  /** Whether any convention knows this key. */
  knows(key: string): boolean {
    return this.#rules.has(key) || metadataPrefixOf(key) !== undefined;
  }

  /**
   * Writes what was collected into an outline whose name is already set. With the table, whose clock the outline's start
   * is on, also what takes more than the attributes: how long the first token took, and what is said of the whole trace.
   */
  writeTo(outline: SpanOutline, table?: SpanTable): void {
    const facts = this.#facts;
    let usage: Usage | undefined;
    for (const fact of USAGE_FIELDS) if (facts[fact] !== undefined) (usage ??= {})[fact] = facts[fact];
    if (usage && usage.total === undefined && usage.input !== undefined && usage.output !== undefined) {
      usage.total = usage.input + usage.output;
    }
    outline.kind = facts.kind ?? this.#kindOfName(outline.name) ?? (facts.model && usage ? 'llm' : 'span');
    if (facts.name !== undefined) outline.name = facts.name;
    outline.label = facts.label;
    outline.model = facts.model;
    outline.provider = facts.provider;
    if (facts.service !== undefined) outline.service = facts.service;
    outline.usage = usage;
    outline.cost = facts.cost ?? sumOf(facts.inputCost, facts.outputCost);
    outline.timeToFirstToken = facts.timeToFirstToken;
    if (table) this.#writeWith(table, outline);
    outline.sessionId = facts.sessionId;
    outline.userId = facts.userId;
    outline.tags = facts.tags;
    outline.metadata = facts.metadata ?? (this.#metadata.size ? Object.fromEntries(this.#metadata) : undefined);
  }

  #writeWith(table: SpanTable, outline: SpanOutline): void {
    const { firstTokenAt, traceName } = this.#facts;
    if (firstTokenAt !== undefined) {
      const wait = table.origin.fromMillis(firstTokenAt) - outline.start;
      if (wait >= 0) outline.timeToFirstToken ??= wait;
    }
    if (traceName !== undefined) table.facts(outline.traceId).name ??= traceName;
  }

  #kindOfName(name: string): SpanOutline['kind'] | undefined {
    for (const convention of conventions) {
      const kind = convention.kindOfName?.(name);
      if (kind) return kind;
    }
    return undefined;
  }
}

const METADATA_PREFIXES = conventions.flatMap(({ metadataPrefix }) => metadataPrefix ?? []);

/** The prefix that makes a key an entry of the trace's metadata. */
const metadataPrefixOf = (key: string): string | undefined =>
  METADATA_PREFIXES.find((prefix) => key.length > prefix.length && key.startsWith(prefix));

function sumOf(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined && other === undefined ? undefined : (one ?? 0) + (other ?? 0);
}
