import type { FirstMessages } from './en-first.js';

/** The words that were asked for last, by the zone: elements ask with each update. */
const known = new Map<string, { readonly of: FirstMessages; readonly zoned: FirstMessages }>();

function isTimeZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}

/** The same words with moments told in a time zone. A name that the browser does not know changes nothing. */
export function inTimeZone<Words extends FirstMessages>(messages: Words, timeZone: string): Words {
  let last = known.get(timeZone);
  if (last?.of !== messages) {
    last = { of: messages, zoned: isTimeZone(timeZone) ? { ...messages, timeZone } : messages };
    known.set(timeZone, last);
  }
  return last.zoned as Words;
}
