import type { FirstMessages } from './en-first.js';
import { en } from './en.js';
import type { Messages } from './messages.js';

/** By the words that were given: elements ask with each update. */
const known = new WeakMap<FirstMessages, Messages>();

const isGroup = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Two levels of words: those of the second one are in objects, where both are. */
function filled(words: FirstMessages): Messages {
  const given = new Map<string, unknown>(Object.entries(words));
  const whole = new Map(given);
  for (const [name, english] of Object.entries(en as object) as [string, unknown][]) {
    const own = given.get(name);
    if (own === undefined) whole.set(name, english);
    else if (isGroup(own) && isGroup(english) && Object.keys(english).some((key) => !(key in own))) {
      whole.set(name, { ...english, ...own });
    }
  }
  const isSame = whole.size === given.size && [...whole].every(([name, word]) => given.get(name) === word);
  return (isSame ? words : Object.fromEntries(whole)) as unknown as Messages;
}

/** The same words with English for those that are not there. Words that lack none stay the same object. */
export function wholeWords(words: FirstMessages): Messages {
  let whole = known.get(words);
  if (!whole) known.set(words, (whole = filled(words)));
  return whole;
}
