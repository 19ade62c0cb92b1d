import { internalsOfRecord, recordsOfFile } from '../internals/files/find.js';
import type { FileRecord, InternalsFile } from '../internals/files/internals-file.js';
import { INTERNALS_ATTRIBUTE } from '../internals/read.js';
import type { SpanReader } from '../model/index.js';
import type { Format } from './format.js';
import { emptyOutline } from './outline.js';
import { clearOutline, inSteps, recordOf } from './row.js';

/**
 * Files of programs for looking into models: Inseq, LIT, Captum, BertViz, CircuitsVis, Neuronpedia, and `Internals` themselves. Each
 * record becomes a span that carries what it says; none has times.
 */
export const internalsFile: Format = {
  name: 'model-internals',
  title: 'attention and contributions (Inseq, LIT, Captum, BertViz, CircuitsVis, Neuronpedia)',

  detect: (value) => recordsOfFile(value) !== undefined,

  *read(value, table) {
    const found = recordsOfFile(value);
    if (!found) return;
    const { file, records } = found;
    const reader = readerOf(file, records);
    const outline = emptyOutline();
    let at = 0;
    yield* inSteps(records, ({ raw }) => {
      clearOutline(outline);
      outline.traceId = file.name;
      outline.id = String(++at);
      outline.name = records.length > 1 ? `${file.title} ${at}` : file.title;
      outline.kind = 'llm';
      table.add(outline, raw, reader);
    });
  },
};

/** Records are read when they are looked at; what is wrong with one is told of as its exception. */
function readerOf(file: InternalsFile, records: readonly FileRecord[]): SpanReader {
  const byRaw = new Map(records.map((record) => [record.raw, record]));
  const read = (raw: unknown): { text?: string; message?: string } => {
    try {
      return { text: JSON.stringify(internalsOfRecord(file, byRaw.get(raw as object)!)) };
    } catch (error) {
      return { message: (error as Error).message };
    }
  };
  return {
    format: internalsFile.name,
    record: (raw) => {
      const { text } = read(raw);
      return recordOf(new Map(text === undefined ? [] : [[INTERNALS_ATTRIBUTE, text]]));
    },
    meaning: ({ attributes }, raw) =>
      attributes.size > 0 ? {} : { exceptions: [{ type: file.title, message: read(raw).message ?? '' }] },
  };
}
