import type { InternalsSources } from '../../internals/internals.js';
import type { Span } from '../../model/index.js';
import { sourcesOfDraft, type AnswerSources } from './answer-sources.js';
import { draftOf } from './readers/stated.js';
import { sourceReaders } from './registry.js';

const known = new WeakMap<Span, readonly AnswerSources[]>();

/** What the answer of a call rests on, by each source that tells of it. Empty where nothing does. */
export function sourcesOf(span: Span): readonly AnswerSources[] {
  let sources = known.get(span);
  if (!sources) {
    sources = sourceReaders.flatMap((reader) => {
      const draft = reader.read(span);
      return draft ? [sourcesOfDraft(draft)] : [];
    });
    known.set(span, sources);
  }
  return sources;
}

/** The same of sources that a page has from elsewhere. */
export const sourcesOfAnswer = (sources: InternalsSources, answer: string): AnswerSources =>
  sourcesOfDraft(draftOf(sources, answer, sources.index ?? ''));
