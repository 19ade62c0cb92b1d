/** The character that stands for each byte in vocabularies of GPT-2 and its many followers: what cannot be seen is moved up. */
const BYTES: ReadonlyMap<string, number> = new Map(
  (() => {
    let moved = 256;
    return Array.from({ length: 256 }, (_, byte): [string, number] => {
      const isSeen = (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
      return [String.fromCharCode(isSeen ? byte : moved++), byte];
    });
  })(),
);

/**
 * Tokens as the texts that they stand for, where a file has them as they are in the vocabulary: `Ġcat` or `▁cat` for “ cat”. A character
 * that is spread over several stands in the last of them.
 */
export function plainTokens(tokens: readonly string[]): string[] {
  // In a vocabulary of bytes a space is written as a sign too.
  const areBytes = tokens.some((token) => /[ĠĊ]/.test(token)) && !tokens.some((token) => token.includes(' '));
  if (!areBytes) return tokens.map((token) => token.replaceAll('▁', ' '));
  let decoder = new TextDecoder();
  return tokens.map((token) => {
    const bytes = Array.from(token, (character) => BYTES.get(character));
    if (bytes.every((byte) => byte !== undefined)) return decoder.decode(Uint8Array.from(bytes), { stream: true });
    // A name that is no text, as the end of a turn.
    decoder = new TextDecoder();
    return token;
  });
}
