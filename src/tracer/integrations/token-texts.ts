/** Tokens that make one character at the most: UTF-8 has four bytes for one. */
const MOST_IN_CHARACTER = 4;
/** Milliseconds of work before the page gets its turn. */
const MOST_AT_ONCE = 10;

const REPLACEMENT = '\uFFFD';

export type Decode = (ids: number[]) => string;

export interface TokenTexts {
  /** Empty where a token goes on with the character of the one before. */
  text: string[];
  /** Places of those that do. */
  cont: number[];
}

/**
 * The text of each token. One by one is not what they say together: some decoders take away the space in front of the first
 * word, and a character may be several tokens. So each is decoded behind those before it, and what is new is its text.
 */
export async function tokenTexts(ids: readonly number[], split: number, decode: Decode): Promise<TokenTexts> {
  const text: string[] = [];
  const cont: number[] = [];
  /** First token that is decoded, and first one whose text is open. */
  let from = 0;
  let open = 0;
  let known = '';
  let begun = performance.now();
  for (let at = 0; at < ids.length; at++) {
    if (performance.now() - begun > MOST_AT_ONCE) {
      await new Promise((resolve) => setTimeout(resolve));
      begun = performance.now();
    }
    const whole = decode(ids.slice(from, at + 1));
    text.push('');
    if (at > open) cont.push(at);
    const isOpen = whole.endsWith(REPLACEMENT) && at - open + 1 < MOST_IN_CHARACTER;
    if (isOpen && at + 1 !== split && at + 1 < ids.length) continue;
    text[open] = whole.startsWith(known) ? whole.slice(known.length) : decode(ids.slice(open, at + 1));
    from = open;
    open = at + 1;
    known = decode(ids.slice(from, open));
  }
  return { text, cont };
}

/** The text of single tokens as it would stand behind another. */
export function singleTexts(behind: number | undefined, decode: Decode): (id: number) => string {
  const texts = new Map<number, string>();
  const before = behind === undefined ? '' : decode([behind]);
  return (id) => {
    let text = texts.get(id);
    if (text === undefined) {
      const whole = behind === undefined ? undefined : decode([behind, id]);
      text = whole?.startsWith(before) ? whole.slice(before.length) : decode([id]);
      texts.set(id, text);
    }
    return text;
  };
}
