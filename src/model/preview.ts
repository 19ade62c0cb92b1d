import type { Payload } from './detail.js';

/** Characters that a list shows of an input. */
const MOST = 120;
/** Values of an object that are looked at. */
const MOST_LOOKED = 300;

/**
 * The beginning of an input, in one line: of an object its texts, only those of users where it holds messages. It ends
 * between two words, so that what masks texts recognises each. `undefined` where there is no text.
 */
export function previewOf(input: Payload | undefined): string | undefined {
  if (input === undefined || input === null) return undefined;
  if (typeof input !== 'object') return shortened(String(input));
  const all: string[] = [];
  const asked: string[] = [];
  const ahead: { value: unknown; isAsked: boolean }[] = [{ value: input, isAsked: false }];
  for (let looked = 0; ahead.length > 0 && looked < MOST_LOOKED; looked++) {
    const { value, isAsked } = ahead.pop()!;
    if (typeof value === 'string') {
      all.push(value);
      if (isAsked) asked.push(value);
    }
    if (typeof value !== 'object' || value === null) continue;
    const { role, type } = value as { role?: unknown; type?: unknown };
    const isMessage = typeof role === 'string';
    const inside = Array.isArray(value) ? (value as unknown[]) : Object.values(value);
    for (let at = Math.min(inside.length, MOST_LOOKED) - 1; at >= 0; at--) {
      // What a part is called says nothing of what was asked.
      if (inside[at] === role || inside[at] === type) continue;
      ahead.push({ value: inside[at], isAsked: isMessage ? role === 'user' || role === 'human' : isAsked });
    }
  }
  const texts = asked.length ? asked : all;
  return shortened(texts.map((text) => text.slice(0, 2 * MOST)).join(' '));
}

function shortened(text: string): string | undefined {
  const line = text
    .slice(0, 4 * MOST)
    .replace(/\s+/g, ' ')
    .trim();
  if (line.length <= MOST && text.length <= 4 * MOST) return line || undefined;
  // Scripts that write words without spaces between them are cut between two letters.
  const beginning = line.slice(0, MOST).replace(/(?:[!-~]+|[\ud800-\udbff])$/, '');
  return beginning.trim() ? `${beginning.trim()}…` : undefined;
}
