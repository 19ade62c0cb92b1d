// A rule of thumb for English and JSON: one token for about four characters. It is good enough for counts that stay
// in proportion to the text, which is all that the samples need.
export function countTokens(text) {
  return text ? Math.ceil(text.length / 4) : 0;
}

// Every message costs a few tokens more than its text, for the role and the separators around it.
const tokensPerMessage = 4;

function messageText(message) {
  const content = typeof message.content === 'string' ? message.content : JSON.stringify(message.content ?? '');
  return content + (message.tool_calls ? JSON.stringify(message.tool_calls) : '');
}

// The prompt as a list of pieces (tools first, then each message), so that two prompts can be compared for a prefix.
export function promptPieces(tools, messages) {
  const pieces = messages.map((message) => {
    const text = `${message.role}: ${messageText(message)}`;
    return { text, tokens: countTokens(text) + tokensPerMessage };
  });
  if (!tools?.length) return pieces;
  const text = JSON.stringify(tools);
  return [{ text, tokens: countTokens(text) }, ...pieces];
}

export function sumTokens(pieces) {
  return pieces.reduce((sum, piece) => sum + piece.tokens, 0);
}

// Providers cache prompts in whole blocks, here of 64 tokens.
const cacheBlock = 64;

export function cachedTokens(pieces, earlierPrompts) {
  const longestPrefix = Math.max(
    0,
    ...earlierPrompts.map((earlier) => {
      const firstDifference = pieces.findIndex((piece, index) => piece.text !== earlier[index]?.text);
      return sumTokens(firstDifference === -1 ? pieces : pieces.slice(0, firstDifference));
    }),
  );
  return Math.floor(longestPrefix / cacheBlock) * cacheBlock;
}
