import type { Span } from '../model/index.js';
import { CALLS_MODEL } from '../model/kinds.js';
import { text } from './text.js';

/** What to put behind a span's name: the model, or the tool, agent or function, where the name does not say it. */
export function aboutSpan({ name, kind, label, model }: Span): string {
  const words = CALLS_MODEL.has(kind) ? [model, label] : [label, model];
  const word = words.find((candidate) => candidate !== undefined);
  return word === undefined || name.includes(word) ? '' : text(word);
}
