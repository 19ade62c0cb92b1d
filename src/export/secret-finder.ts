/** Texts that are shorter are not looked for: they would be found everywhere. */
export const SHORTEST = 6;

interface Needle {
  readonly stands: string;
  /** Whether the text is base64: with it, all of the base64 around it goes. */
  readonly isBase64: boolean;
}

/** What begins alike. */
interface Needles {
  readonly byText: Map<string, Needle>;
  /** The lengths that there are, the longest first. */
  lengths: readonly number[];
}

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

/**
 * Takes texts out of other texts, in whatever way they are written there: as they are, as JSON (also inside of JSON), in an
 * address, in HTML, in base64. The work grows with the text that is looked through, not with how much is looked for.
 */
export class SecretFinder {
  /** By their first characters. */
  readonly #needles = new Map<string, Needles>();
  /** Whether any needle begins with characters of this hash: cheaper than a look-up. */
  readonly #beginnings = new Uint8Array(1 << 18);

  /** @param secrets what is looked for, and what stands in its place. Those shorter than `SHORTEST` are left out. */
  constructor(secrets: Iterable<readonly [text: string, stands: string]>) {
    for (const [secret, stands] of secrets) {
      if (secret.length < SHORTEST) continue;
      const forms = new Set<string>([secret]);
      for (const form of jsonForms(secret)) {
        forms.add(form);
        for (const again of jsonForms(form)) forms.add(again);
      }
      for (const form of htmlForms(secret)) forms.add(form);
      for (const form of addressForms(secret)) forms.add(form);
      for (const text of forms) this.#add(text, { stands, isBase64: false });
      for (const text of new Set(base64Forms(secret))) this.#add(text, { stands, isBase64: true });
    }
    for (const needles of this.#needles.values()) {
      const lengths = new Set(Array.from(needles.byText.keys(), ({ length }) => length));
      needles.lengths = [...lengths].sort((one, other) => other - one);
    }
  }

  get isEmpty(): boolean {
    return this.#needles.size === 0;
  }

  #add(text: string, needle: Needle): void {
    const beginning = text.slice(0, SHORTEST);
    let alike = this.#needles.get(beginning);
    if (!alike) this.#needles.set(beginning, (alike = { byText: new Map(), lengths: [] }));
    if (!alike.byText.has(text)) alike.byText.set(text, needle);
    let hash = 0;
    for (let at = 0; at < SHORTEST; at++) hash = hashed(hash, beginning.charCodeAt(at));
    this.#beginnings[hash] = 1;
  }

  /** The longest text that is looked for and stands at a place. */
  #at(text: string, place: number): (Needle & { length: number }) | undefined {
    const needles = this.#needles.get(text.slice(place, place + SHORTEST));
    for (const length of needles?.lengths ?? []) {
      const needle = needles!.byText.get(text.slice(place, place + length));
      if (needle) return { ...needle, length };
    }
    return undefined;
  }

  /** The text without what is looked for. What overlaps goes as one. */
  without(text: string, found?: () => void): string {
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
