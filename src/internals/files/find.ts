import type { Internals } from '../internals.js';
import type { FileRecord, InternalsFile } from './internals-file.js';
import { internalsFiles } from './registry.js';

/** The records of a file that programs for looking into models write; nothing where it is none that is known. */
export function recordsOfFile(
  value: unknown,
  tokens?: readonly string[],
): { file: InternalsFile; records: readonly FileRecord[] } | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const file of internalsFiles) {
    const records = file.records(value, tokens);
    if (records) return { file, records };
  }
  return undefined;
}

/**
 * What a record says, with the name of the file's kind.
 *
 * @throws {Error} where the record is not what its file says that it is
 */
export function internalsOfRecord({ name, title }: InternalsFile, record: FileRecord): Internals {
  const internals = record.internals();
  if (!internals) throw new Error(`This is ${title}, but its parts do not fit together.`);
  return { ...internals, capture: { level: 2, ...internals.capture, source_format: name } };
}

/**
 * What a file of BertViz, Captum, CircuitsVis, Inseq, LIT or Neuronpedia says of a model, from its parsed JSON: the first record of it.
 *
 * @param tokens the tokens that it is about, where it does not name them
 * @returns nothing where the file is none of them
 * @throws {Error} where it is one of them, and damaged
 */
export function internalsOf(value: unknown, tokens?: readonly string[]): Internals | undefined {
  const found = recordsOfFile(value, tokens);
  return found?.records[0] && internalsOfRecord(found.file, found.records[0]);
}
