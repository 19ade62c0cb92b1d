import type { MaskCount } from '../redaction/mask-personal.js';
import { SECRET, SECRET_KEY } from '../redaction/secret-patterns.js';

/**
 * A page's own rule: gives what is recorded in place of a value. `path` is where it stands (`input.messages.0.content`).
 * A rule that throws drops the value.
 */
export type MaskHook = (value: unknown, path: string) => unknown;

/** Takes out of a text what tells who somebody is. */
export type PersonalMask = (text: string, count: MaskCount) => string;

/** Names that were looked at and are remembered: the same ones come again and again. */
const MOST_NAMES = 1000;
const LONGEST_NAME = 100;

/** No key is shorter. Passwords in addresses are, and stand before an `@`. */
const SHORTEST_SECRET = 19;

/** Every secret is a word that long, or has one. */
const LONG_WORD = 12;

function hasLongWord(text: string): boolean {
  for (let from = 0, to = 0; to >= 0; from = to + 1) {
    to = text.indexOf(' ', from);
    if ((to < 0 ? text.length : to) - from >= LONG_WORD) return true;
  }
  return false;
}

/** Takes secrets out of texts before they are written or sent anywhere. */
export class Masker {
  readonly #count: MaskCount;
  readonly #plainNames = new Set<string>();
  /** Also takes out what is personal, where that is wanted. */
  personal: PersonalMask | undefined;

  constructor(count: MaskCount) {
    this.#count = count;
  }

  text(value: string): string {
    // A look that is cheaper than the pattern, for the many short texts.
    const isHarmless = value.length < SHORTEST_SECRET || !hasLongWord(value);
    if (isHarmless && !this.personal && !value.includes('@')) return value;
    const text = value.replace(SECRET, (_found, ...kept: (string | undefined)[]) => this.#stand(kept.find(Boolean)));
    return this.personal ? this.personal(text, this.#count) : text;
  }

  /** Whether a name neither holds a secret nor says that its value is one. */
  isPlainName(name: string): boolean {
    const names = this.#plainNames;
    if (names.has(name)) return true;
    const isPlain = !SECRET_KEY.test(name) && this.text(name) === name;
    if (isPlain && names.size < MOST_NAMES && name.length < LONGEST_NAME) names.add(name);
    return isPlain;
  }

  /** What is recorded of a value that stands under this name: texts and numbers only where it is no secret. */
  named(name: string, value: unknown): unknown {
    if (!SECRET_KEY.test(name)) return value;
    return Array.isArray(value) ? value.map((item) => this.#hidden(item)) : this.#hidden(value);
  }

  #hidden(value: unknown): unknown {
    return (value && typeof value === 'string') || typeof value === 'number' ? this.#stand() : value;
  }

  #stand(front = ''): string {
    this.#count.masked++;
    return `${front}[masked]`;
  }
}

/** Headers that may be recorded. Everything else may hold a secret. */
const HARMLESS_HEADERS = /^(?:content-type|retry-after(?:-ms)?|(?:x-)?request-id)$|ratelimit/;

/** The headers of a response that may be recorded, rate limits among them. */
export const harmlessHeaders = (
  headers: Iterable<readonly [name: string, value: string]>,
): Readonly<Record<string, string>> => Object.fromEntries([...headers].filter(([name]) => HARMLESS_HEADERS.test(name)));

/** An address without user, password, query values and fragment: keys are handed over in each of them. */
export function harmlessUrl(address: string): string {
  try {
    const url = new URL(address);
    for (const name of [...url.searchParams.keys()]) url.searchParams.set(name, '…');
    url.username = url.password = url.hash = '';
    return url.href;
  } catch {
    return '[not an address]';
  }
}
