import type { Span, TextPart } from '../../model/index.js';

/** A text of an answer, and where it begins in the whole. */
export interface AnswerPart {
  readonly part: TextPart;
  readonly start: number;
}

const BETWEEN = '\n\n';

/** What a call has written as text, its parts one after the other. */
export function answerOf(span: Span): { text: string; parts: readonly AnswerPart[] } {
  const parts: AnswerPart[] = [];
  const texts: string[] = [];
  let length = 0;
  for (const message of span.messages) {
    if (message.origin !== 'output') continue;
    for (const part of message.parts) {
      if (part.type !== 'text' || part.text === '') continue;
      const start = length + (texts.length ? BETWEEN.length : 0);
      parts.push({ part, start });
      texts.push(part.text);
      length = start + part.text.length;
    }
  }
  const { output } = span;
  if (texts.length === 0 && typeof output === 'string') return { text: output, parts };
  return { text: texts.join(BETWEEN), parts };
}
