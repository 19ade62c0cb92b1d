import type { Span } from '../../model/index.js';
import type { SourcesDraft } from './answer-sources.js';

/** One way in which a trace tells what an answer rests on. */
export interface SourceReader {
  /** `undefined` where it tells nothing in this way. Never throws. */
  read(span: Span): SourcesDraft | undefined;
}
