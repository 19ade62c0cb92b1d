import { MASKED } from './redact.js';
import { SecretFinder } from './secret-finder.js';

/** Characters of the beginning of a text by which it is known where it was cut. */
const HEAD = 8;

/** Texts of which nothing is to be seen: taken out of other texts, also where only the beginning of one stands at an end. */
export class MaskedTexts {
  readonly #finder: SecretFinder;
  /** As they are, and with single spaces, as previews have them. */
  readonly #beginnings: readonly Beginning[];

  constructor(texts: Iterable<string>) {
    const all = [...texts];
    this.#finder = new SecretFinder(all.map((text) => [text, MASKED]));
    const shown = new Set(all.flatMap((text) => [text, text.replace(/\s+/g, ' ').trim()]));
    this.#beginnings = Array.from(shown, (text) => new Beginning(text));
  }

  without(text: string): string {
    const shown = this.#finder.without(text);
    for (const beginning of this.#beginnings) {
      const cut = beginning.cutIn(shown);
      if (cut >= 0) return shown.slice(0, cut) + MASKED;
    }
    return shown;
  }

  /** Whether a text holds any of them. */
  isIn(text: string): boolean {
    return this.without(text) !== text;
  }
}

/** Finds where a text begins that another one was cut in. Takes a time that grows with both only: both are data. */
class Beginning {
  readonly #text: string;
  /** For each length of a beginning, how much of its end is a beginning again. */
  #again: Int32Array | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** Where a beginning of the text stands at the end of another one; -1 for nowhere. */
  cutIn(shown: string): number {
    const text = this.#text;
    if (text.length <= HEAD || !shown.includes(text.slice(0, HEAD))) return -1;
    const end = shown.replace(/\s{0,9}…\s{0,9}$/, '').length;
    const again = (this.#again ??= endsOf(text));
    let length = 0;
    for (let at = Math.max(0, end - text.length); at < end; at++) {
      if (length === text.length) length = again[length]!;
      length = longer(text, again, length, shown.charCodeAt(at));
    }
    return length >= HEAD ? end - length : -1;
  }
}

function endsOf(text: string): Int32Array {
  const again = new Int32Array(text.length + 1);
  for (let at = 1, length = 0; at < text.length; at++) {
    length = longer(text, again, length, text.charCodeAt(at));
    again[at + 1] = length;
  }
  return again;
}

/** The longest beginning that stands at the end with one character more. */
function longer(text: string, again: Int32Array, length: number, code: number): number {
  let found = length;
  while (found > 0 && text.charCodeAt(found) !== code) found = again[found]!;
  return text.charCodeAt(found) === code ? found + 1 : 0;
}

/** Shorter texts inside of a value are words of its format. */
const SHORTEST_INSIDE = 2;
/** Shorter numbers inside of a value stand in many places. */
const SHORTEST_NUMBER = 6;

/** The texts that a value consists of: itself, or those inside of it, also inside of JSON that is a text. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'number' || typeof value === 'bigint') return [String(value)];
  const texts = new Set<string>();
  const waiting: unknown[] = [value];
  // Values that are no JSON may hold themselves.
  const seen = new Set<object>();
  for (let length = waiting.length; length > 0; length = waiting.length) {
    const next = waiting.pop();
    if (typeof next === 'string') {
      if (next !== '' && (next === value || next.length >= SHORTEST_INSIDE)) texts.add(next);
      const inside = containerIn(next);
      if (inside) waiting.push(inside);
    } else if (typeof next === 'number' || typeof next === 'bigint') {
      if (String(next).length >= SHORTEST_NUMBER) texts.add(String(next));
    } else if (typeof next === 'object' && next !== null && !ArrayBuffer.isView(next) && !seen.has(next)) {
      seen.add(next);
      const held: unknown[] = next instanceof Map ? [...next.values()] : Object.values(next);
      for (const inside of held.reverse()) waiting.push(inside);
    }
  }
  return [...texts];
}

function containerIn(text: string): object | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as object;
  } catch {
    return undefined;
  }
}
