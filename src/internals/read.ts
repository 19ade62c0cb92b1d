import type { Internals } from './internals.js';
import { mayHaveLogprobs } from './logprobs/find.js';
import { SECTIONS } from './sections.js';
import { inside, isFields } from './shape.js';

/** The attribute of a span that holds the JSON text of `Internals`. */
export const INTERNALS_ATTRIBUTE = 'llm_trace.internals';

/** What of a span tells whether it has internals. */
interface MaybeInternals {
  readonly attributes: ReadonlyMap<string, unknown>;
}

/**
 * Whether a span has such a section: quick, and sometimes too hopeful. What a large record has is seen in its text, without
 * reading all of it.
 */
export function mayHaveSection({ attributes }: MaybeInternals, section: Exclude<keyof Internals, 'v'>): boolean {
  const stated = attributes.get(INTERNALS_ATTRIBUTE);
  if (typeof stated === 'string') return stated.includes(`"${section}"`);
  return isFields(stated) && stated[section] !== undefined;
}

/** Whether a span has tokens to show, as `mayHaveSection`. */
export const mayHaveTokens = (span: MaybeInternals & { readonly output: unknown }): boolean =>
  span.attributes.get(INTERNALS_ATTRIBUTE) === undefined
    ? mayHaveLogprobs(span.output)
    : mayHaveSection(span, 'tokens');

/** Characters of its text that are read. */
const LONGEST_TEXT = 256 * 1024 * 1024;

/** A section that is not what it has to be, and was left out; without a section, nothing could be read. */
export interface InternalsProblem {
  section?: Exclude<keyof Internals, 'v'>;
  /** A sentence for a person. */
  message: string;
}

export interface ReadInternals {
  internals: Internals | undefined;
  problems: readonly InternalsProblem[];
}

const unreadable = (message: string): ReadInternals => ({ internals: undefined, problems: [{ message }] });

/**
 * Reads `Internals`, or the JSON text of them, from a source that is not trusted. A section that is not right is left out, and
 * told of; what is not known is left alone. Never throws.
 */
export function readInternals(value: unknown): ReadInternals {
  let held = value;
  if (typeof value === 'string') {
    if (value.length > LONGEST_TEXT) return unreadable('The internals are too long to be read.');
    try {
      held = JSON.parse(value);
    } catch {
      return unreadable('The internals are no JSON.');
    }
  }
  if (!isFields(held)) return unreadable('The internals are no object.');
  if (held['v'] !== 1) return unreadable('The internals are of a version that is not known.');
  const problems: InternalsProblem[] = [];
  const internals: Internals = { v: 1 };
  for (const [section, check] of SECTIONS) {
    const part = held[section];
    if (part === undefined || part === null) continue;
    const wrong = check(part, internals);
    if (wrong === undefined) Object.assign(internals, { [section]: part });
    else problems.push({ section, message: inside(section, wrong) });
  }
  return { internals, problems };
}
