import type { InternalsTokens } from './internals.js';

/**
 * Takes a text apart into tokens, where a trace does not have those of the model. The page gives it: nothing of any tokenizer is
 * in the kit. What it says is an approximation: what a model was given also holds the words of its chat template.
 */
export interface Tokenizer {
  /** What it is called, for people: the model or the encoding that it is of. */
  readonly name: string;
  encode(text: string): readonly TokenPiece[] | Promise<readonly TokenPiece[]>;
}

export interface TokenPiece {
  /** Empty where it goes on with the character of the piece before. */
  text: string;
  id?: number;
}

/** What is used of the module `gpt-tokenizer`, or of one of its encodings. */
interface GptTokenizerModule {
  encode(text: string, options?: { disallowedSpecial?: Set<string> }): number[];
  decode(ids: number[]): string;
}

/** The tokenizer of a loaded module of `gpt-tokenizer`, as `gpt-tokenizer/encoding/o200k_base`. */
export const gptTokenizer = (module: GptTokenizerModule, name: string): Tokenizer => ({
  name,
  // Words that mean something to the model stand in texts too: there they are text.
  encode: (text) =>
    aligned(text, module.encode(text, { disallowedSpecial: new Set() }), (ids) => module.decode([...ids])),
});

/** What is used of a `Tokenizer` of `@huggingface/tokenizers`, or of one of Transformers.js. */
interface HuggingFaceTokenizer {
  encode(text: string, options?: { add_special_tokens?: boolean }): { ids: readonly number[] } | readonly number[];
  decode(ids: number[], options?: { skip_special_tokens?: boolean }): string;
}

/** A tokenizer that was made with `@huggingface/tokenizers` (or is of Transformers.js) from the files of a model. */
export const huggingFaceTokenizer = (tokenizer: HuggingFaceTokenizer, name: string): Tokenizer => ({
  name,
  encode(text) {
    const encoded = tokenizer.encode(text, { add_special_tokens: false });
    const ids = 'ids' in encoded ? encoded.ids : encoded;
    return aligned(text, ids, (part) => tokenizer.decode([...part], { skip_special_tokens: false }));
  },
});

/** Tokens whose bytes make one character at the most. */
const MOST_IN_CHARACTER = 8;

/** Which stretch of the text each token is. A tokenizer that changes texts (small letters, no accents) gives its own words. */
function aligned(
  text: string,
  ids: readonly number[],
  decode: (ids: readonly number[]) => string,
): readonly TokenPiece[] {
  const pieces: TokenPiece[] = [];
  let place = 0;
  let first = 0;
  for (let at = 0; at < ids.length; at++) {
    pieces.push({ text: '', id: ids[at]! });
    const piece = decode(ids.slice(first, at + 1));
    if (piece !== '' && text.startsWith(piece, place)) {
      pieces[first]!.text = piece;
      place += piece.length;
      first = at + 1;
    } else if (at - first >= MOST_IN_CHARACTER) {
      return ids.map((id) => ({ text: decode([id]), id }));
    }
  }
  return place === text.length ? pieces : ids.map((id) => ({ text: decode([id]), id }));
}

/** Tokens of a prompt and of an answer. */
export async function tokenised(tokenizer: Tokenizer, prompt: string, output: string): Promise<InternalsTokens> {
  const asked = await tokenizer.encode(prompt);
  const pieces = [...asked, ...(await tokenizer.encode(output))];
  const cont = pieces.flatMap(({ text }, at) => (text === '' && at > 0 ? [at] : []));
  return {
    text: pieces.map(({ text }) => text),
    split: asked.length,
    ...(pieces.every(({ id }) => id !== undefined) && { id: pieces.map(({ id }) => id!) }),
    ...(cont.length > 0 && { cont }),
  };
}
