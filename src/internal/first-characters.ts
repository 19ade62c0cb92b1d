/* eslint-disable no-control-regex, no-misleading-character-class -- controls and combining characters are what this looks for */
import type { TemplateResult } from 'lit';
import { Later } from './later.js';

/**
 * Characters without a shape of their own: controls but for tabs and ends of lines, formatting (Cf), fillers, variation selectors,
 * tags, separators of lines and paragraphs, halves of surrogate pairs.
 */
export const HIDDEN =
  /[\0-\x08\v\f\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\p{Cs}\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]|\r(?!\n)/u;

/** Whether a text holds anything that nobody would see. Quick, and sometimes too careful. */
export const mayHide = (text: string): boolean => HIDDEN.test(text);

/** What shows them. Most traces have none, so that the first rows do without. */
export const shownCharacters = new Later(() => import('./hidden-characters.js'));

let isLoading = false;
let hasFailed = false;
const waiting = new Set<() => void>();

/** Calls back once what shows hidden characters has come, while somebody waits for it. Gives what ends that. */
export function whenShown(listener: () => void): () => void {
  if (!shownCharacters.value) waiting.add(listener);
  return () => waiting.delete(listener);
}

async function load(): Promise<void> {
  if (isLoading) return;
  isLoading = true;
  try {
    await shownCharacters.load();
  } catch {
    hasFailed = true;
  }
  isLoading = false;
  for (const tell of waiting) tell();
  if (!hasFailed) waiting.clear();
}

/** Until it is known how to show them, none of them is in the page: what they do to a text is not seen either. */
function withoutHidden(text: string): string {
  if (!hasFailed) void load();
  return text.replace(new RegExp(`(?:${HIDDEN.source})+`, 'gu'), hasFailed ? '⟨…⟩' : '');
}

/** As `revealed` of `hidden-characters.ts`, for what is shown at first. */
export const revealed = (text: string): string | TemplateResult =>
  !mayHide(text) ? text : (shownCharacters.value?.revealed(text) ?? withoutHidden(text));

/** As `revealedText` there. */
export const revealedText = (text: string): string =>
  !mayHide(text) ? text : (shownCharacters.value?.revealedText(text) ?? withoutHidden(text));
