import { citedSources } from './readers/citations.js';
import { olmoTraceSpans } from './readers/olmo-trace.js';
import { retrievedSources } from './readers/retrieval.js';
import { statedSources } from './readers/stated.js';
import type { SourceReader } from './source-reader.js';

/** Every way in which a trace tells what an answer rests on, in the order in which they are shown. */
export const sourceReaders: readonly SourceReader[] = [statedSources, olmoTraceSpans, citedSources, retrievedSources];
