import { enFirst, type FirstMessages } from './en-first.js';
import type { Messages } from './messages.js';

/** Languages that the page has, by their tags in small letters. English needs none: it is always there. */
const languages = new Map<string, Messages>();
const listeners = new Set<() => void>();

/**
 * Adds a language. Elements to which the page gives no `messages` show it where the closest `lang` asks for it: `de` and `de-AT`
 * are both served by `de`.
 */
export function registerLanguage(messages: Messages): void {
  languages.set(messages.locale.toLowerCase(), messages);
  for (const listener of listeners) listener();
}

export const hasLanguages = (): boolean => languages.size > 0;

/** The words for a BCP 47 tag: those of the tag, else those of the tag with less behind it, else English. */
export function languageOf(tag: string): FirstMessages {
  let rest = tag.toLowerCase();
  while (rest) {
    const messages = languages.get(rest);
    if (messages) return messages;
    rest = rest.slice(0, Math.max(0, rest.lastIndexOf('-')));
  }
  return enFirst;
}

/** Calls when a language was added. */
export function onLanguage(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
