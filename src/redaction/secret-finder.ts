/** Texts that are shorter are looked for as words of their own only: they would be found everywhere. */
export const SHORTEST = 6;

interface Needle {
  readonly stands: string;
  /** Whether the text is base64: with it, all of the base64 around it goes. */
  readonly isBase64: boolean;
}

/** What begins alike. */
interface Needles {
  readonly byText: Map<string, Needle>;
  /** Long texts: to compare them one by one is quicker than to cut as much out of a text at each place. */
  readonly long: (readonly [text: string, needle: Needle])[];
  /** The lengths that there are, the longest first. */
  lengths: readonly number[];
}

const LONG = 128;

const BASE64 = /[\w+/=-]/;

/** A text as JSON has it, also where only ASCII is written. */
function* jsonForms(text: string): Generator<string> {
  const plain = JSON.stringify(text).slice(1, -1);
  yield plain;
  yield plain.replaceAll('/', '\\/');
  const hex = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  yield plain.replace(/[\u007f-\uffff]/g, hex);
  yield plain.replace(/[\u007f-\uffff]/g, (unit) => `\\u${hex(unit).slice(2).toUpperCase()}`);
  // Written into markup by careful encoders.
  yield plain.replace(/[<>&'\u2028\u2029]/g, hex);
}

function* htmlForms(text: string): Generator<string> {
  const base = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  yield base;
  const quoted = base.replaceAll('"', '&quot;');
  yield quoted;
  for (const apostrophe of ['&#39;', '&#x27;', '&#039;', '&apos;']) yield quoted.replaceAll("'", apostrophe);
}

function* addressForms(text: string): Generator<string> {
  const whole = encodeURIComponent(text.toWellFormed());
  const strict = whole.replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
  for (const form of [whole, strict, whole.replaceAll('%20', '+'), strict.replaceAll('%20', '+')]) {
    yield form;
    yield form.replace(/%[\dA-F]{2}/g, (code) => code.toLowerCase());
  }
  yield encodeURI(text.toWellFormed());
}

/** What base64 of anything that holds the text holds: there are three ways in which the text can lie in it. */
function* base64Forms(text: string): Generator<string> {
  const bytes = new TextEncoder().encode(text);
  for (let before = 0; before < 3; before++) {
    const all = new Uint8Array(before + bytes.length);
    all.set(bytes, before);
    let binary = '';
    for (const byte of all) binary += String.fromCharCode(byte);
    const form = btoa(binary).slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
    yield form;
    yield form.replaceAll('+', '-').replaceAll('/', '_');
  }
}

/** Ways in which a text may be written, but for base64. */
function* formsOf(text: string): Generator<string> {
  yield text;
  for (const form of jsonForms(text)) {
    yield form;
    yield* jsonForms(form);
  }
  yield* htmlForms(text);
  yield* addressForms(text);
}

/** Scripts that put no space between words: what stands beside a name says nothing. */
const UNSPACED = String.raw`\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}`;
const LETTER = `(?:[^\\P{L}${UNSPACED}]|[\\p{M}\\p{N}_])`;
const BEGINS_WITH_LETTER = new RegExp(`^${LETTER}`, 'u');
const ENDS_WITH_LETTER = new RegExp(`${LETTER}$`, 'u');
/** What ends with a letter and is none: a line end in JSON, a character of an address or of HTML. */
const ESCAPE = String.raw`\\[bfnrt]|\\u[\da-fA-F]{4}|%[\da-fA-F]{2}`;

/** Finds a text where it is a word of its own. */
function wordPattern(text: string): string {
  const exact = text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  const before = BEGINS_WITH_LETTER.test(text) ? `(?:(?<!${LETTER})|(?<=${ESCAPE}))` : '';
  return `${before}${exact}${ENDS_WITH_LETTER.test(text) ? `(?!${LETTER})` : ''}`;
}

/**
 * Takes texts out of other texts, in whatever way they are written there: as they are, as JSON (also inside of JSON), in an
 * address, in HTML, in base64. The work grows with the text that is looked through, not with how much is looked for. Short
 * texts are found where they are words of their own, and not in base64.
 */
export class SecretFinder {
  /** By their first characters. */
  readonly #needles = new Map<string, Needles>();
  /** Whether any needle begins with characters of this hash: cheaper than a look-up. */
  readonly #beginnings = new Uint8Array(1 << 18);
  /** Short texts, and what stands in their place. */
  readonly #words = new Map<string, string>();
  readonly #wordPattern: RegExp | undefined;

  /** @param secrets what is looked for, and what stands in its place */
  constructor(secrets: Iterable<readonly [text: string, stands: string]>) {
    for (const [secret, stands] of secrets) {
      const isShort = secret.length < SHORTEST;
      for (const text of new Set(formsOf(secret))) {
        if (isShort) this.#words.set(text, stands);
        else this.#add(text, { stands, isBase64: false });
      }
      if (isShort) continue;
      for (const text of new Set(base64Forms(secret))) this.#add(text, { stands, isBase64: true });
    }
    this.#words.delete('');
    const words = [...this.#words.keys()].sort((one, other) => other.length - one.length);
    this.#wordPattern = words.length ? new RegExp(words.map(wordPattern).join('|'), 'gu') : undefined;
    for (const needles of this.#needles.values()) {
      const lengths = new Set(Array.from(needles.byText.keys(), ({ length }) => length));
      needles.lengths = [...lengths].sort((one, other) => other - one);
      needles.long.sort(([one], [other]) => other.length - one.length);
    }
  }

  #add(text: string, needle: Needle): void {
    const beginning = text.slice(0, SHORTEST);
    let alike = this.#needles.get(beginning);
    if (!alike) this.#needles.set(beginning, (alike = { byText: new Map(), long: [], lengths: [] }));
    if (text.length > LONG) alike.long.push([text, needle]);
    else if (!alike.byText.has(text)) alike.byText.set(text, needle);
    let hash = 0;
    for (let at = 0; at < SHORTEST; at++) hash = hashed(hash, beginning.charCodeAt(at));
    this.#beginnings[hash] = 1;
  }

  /** The longest text that is looked for and stands at a place. */
  #at(text: string, place: number): (Needle & { length: number }) | undefined {
    const needles = this.#needles.get(text.slice(place, place + SHORTEST));
    for (const [long, needle] of needles?.long ?? []) {
      if (text.startsWith(long, place)) return { ...needle, length: long.length };
    }
    for (const length of needles?.lengths ?? []) {
      const needle = needles!.byText.get(text.slice(place, place + length));
      if (needle) return { ...needle, length };
    }
    return undefined;
  }

  /** The text without what is looked for. What overlaps goes as one. */
  without(text: string, found?: () => void): string {
    const rest = this.#needles.size ? this.#withoutLong(text, found) : text;
    if (!this.#wordPattern) return rest;
    return rest.replace(this.#wordPattern, (word) => {
      found?.();
      return this.#words.get(word)!;
    });
  }

  #withoutLong(text: string, found?: () => void): string {
    let result = '';
    /** Where the text goes on that is kept. */
    let kept = 0;
    let from = -1;
    let to = -1;
    let stands = '';
    const close = (): void => {
      if (from < 0) return;
      result += text.slice(kept, from) + stands;
      kept = to;
      from = -1;
      found?.();
    };
    let hash = 0;
    for (let at = 0; at < text.length; at++) {
      hash = hashed(hash, text.charCodeAt(at));
      if (this.#beginnings[hash] === 0 || at < SHORTEST - 1) continue;
      const first = at - SHORTEST + 1;
      const needle = this.#at(text, first);
      if (!needle || (from >= 0 && first + needle.length <= to)) continue;
      const end = first + needle.length;
      const [left, right] = needle.isBase64 ? runAround(text, first, end) : [first, end];
      if (from >= 0 && left < to) {
        from = Math.max(kept, Math.min(from, left));
        to = Math.max(to, right);
      } else {
        close();
        from = Math.max(left, kept);
        to = right;
        ({ stands } = needle);
      }
    }
    close();
    return kept === 0 ? text : result + text.slice(kept);
  }
}

/** Of the last `SHORTEST` characters only: what was before them has been shifted out. */
const hashed = (hash: number, code: number): number => ((hash << 3) ^ code) & 0x3ffff;

/** The stretch of base64 that holds a part of it. */
function runAround(text: string, start: number, end: number): [number, number] {
  let left = start;
  let right = end;
  while (left > 0 && BASE64.test(text[left - 1]!)) left--;
  while (right < text.length && BASE64.test(text[right]!)) right++;
  return [left, right];
}
