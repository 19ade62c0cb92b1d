// A language model that is small enough to be read: counts of up to five tokens in a row, of some sentences, put together
// by interpolation. What it says of its own probabilities is true, which is all that the demo of tokens needs.

const PLACES = ['Oslo', 'Porto', 'Berlin', 'Tokyo'];
const DAYS = ['Monday', 'Tuesday', 'Friday'];
const END = '<|end|>';

/** What the model has read: calls of a tool, and answers. */
const TEXTS = PLACES.flatMap((place, at) =>
  DAYS.flatMap((day, weight) => {
    const order = 1040 + at;
    return Array.from(
      { length: 1 + ((at + weight) % 3) },
      () =>
        `{"name": "delivery_date", "arguments": {"order": ${order}, "city": "${place}", "express": ${day === 'Friday'}}}${END}` +
        `Your order ${order} left the warehouse in ${place} and arrives on ${day}. 🚚\nSomebody has to be at home to sign for it.${END}` +
        `The order ${order} is still in ${place}; it is going to arrive on ${day}, perhaps a day later.${END}`,
    );
  }),
);

const encoder = new TextEncoder();

/** Bytes as a text of one character each: tokens may be parts of characters. */
const bytesOf = (text) => String.fromCharCode(...encoder.encode(text));
const TOKEN = /<\|end\|>|[{}[\]":,]+| ?[A-Za-z]+| ?\d{1,2}|[\xc0-\xff][\x80-\xbf]|[\x80-\xbf]{2}|\s|./gs;
const tokensOf = (text) => bytesOf(text).match(TOKEN) ?? [];

/** Tokens before the next one that are looked at, and how much each number of them says; 1 % is the same for all tokens. */
const LENGTHS = [0, 1, 2, 3, 4];
const WEIGHTS = [0.005, 0.025, 0.06, 0.1, 0.8];

/** The last tokens, as many as are looked at. */
const contextOf = (said, length) => `${length} ${said.slice(Math.max(0, said.length - length)).join('\0')}`;

const counts = new Map();
const count = (context, token) => {
  const after = counts.get(context) ?? new Map();
  counts.set(context, after.set(token, (after.get(token) ?? 0) + 1));
};
const vocabulary = new Set();
for (const text of TEXTS) {
  // Each begins where another one has ended.
  const tokens = [END, ...tokensOf(text)];
  for (let at = 1; at < tokens.length; at++) {
    vocabulary.add(tokens[at]);
    for (const length of LENGTHS) count(contextOf(tokens.slice(0, at), length), tokens[at]);
  }
}

/** Every token with its probability behind what was said, the most likely first. */
function distribution(said) {
  const shares = new Map([...vocabulary].map((token) => [token, 0.01 / vocabulary.size]));
  let missing = 0;
  for (const length of LENGTHS.toReversed()) {
    const weight = WEIGHTS[length] + missing;
    const after = counts.get(contextOf(said, length));
    missing = after ? 0 : weight;
    if (!after) continue;
    const all = [...after.values()].reduce((sum, one) => sum + one, 0);
    for (const [token, times] of after) shares.set(token, shares.get(token) + (weight * times) / all);
  }
  return [...shares].sort((one, other) => other[1] - one[1]);
}

const decoder = new TextDecoder();
const entry = ([token, share]) => {
  const bytes = [...token].map((sign) => sign.charCodeAt(0));
  return { token: decoder.decode(Uint8Array.from(bytes)), logprob: Math.log(share), bytes };
};

/**
 * What the model says, token by token, as OpenAI's API tells of it.
 *
 * @param {string} begun how the answer begins, which is given
 * @param {number} seed the same one gives the same answer
 */
export function answer(begun, seed) {
  const given = tokensOf(begun);
  const said = [END];
  let state = seed;
  const random = () => (state = (state * 16807) % 2147483647) / 2147483647;
  const content = [];
  for (let at = 0; at < 120; at++) {
    const all = distribution(said);
    let left = random();
    let chosen = all.find(([token]) => token === given[at]);
    chosen ??= all.find(([, share]) => (left -= share) <= 0) ?? all[0];
    if (chosen[0] === END) break;
    said.push(chosen[0]);
    content.push({ ...entry(chosen), top_logprobs: all.slice(0, 5).map(entry) });
  }
  return content;
}
