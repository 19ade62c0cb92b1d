import { furtherOutlines } from '../conventions/outlines.js';
import { tracesInSteps } from '../model/build-traces.js';
import { compactTable } from '../model/compact-table.js';
import { grouped } from '../model/grouped.js';
import { SpanTable } from '../model/span-table.js';
import { Trace } from '../model/trace.js';
import { loadDetails } from './details.js';
import { EmptyInputError } from './errors.js';
import type { Format } from './format.js';
import { IncomingText, plainJson } from './incoming-text.js';
import { readInput, type Input } from './input.js';
import type { ParsedText } from './parse-text.js';
import { formats, loadFurtherFormats } from './registry.js';
import { inSlices } from './slices.js';
import type { Streamed } from './streamed-lines.js';

export interface ReadOptions {
  /** The name of the format, where the caller knows better than detection. */
  format?: string | undefined;
  signal?: AbortSignal | undefined;
  /** Bytes while bytes come in, then spans. `total` is absent where it is not known. */
  onProgress?: ((done: number, total?: number, unit?: 'bytes' | 'spans') => void) | undefined;
}

/**
 * Reads traces from whatever holds them: a parsed object or array, a string, bytes (gzip is unpacked), a `Blob`, a
 * `Response`, a `ReadableStream`, several files (a `FileList`, a list of `Blob`s), or traces that were read before. The
 * format is recognised by its shape.
 *
 * @throws {EmptyInputError} no bytes, or a known format without spans
 * @throws {TraceSyntaxError} no JSON; says where
 * @throws {UnknownFormatError} no format that is known here; says what was seen
 * @throws {TooLargeError} more than can be held
 * @throws the signal's reason, once it is aborted
 */
export async function readTraces(input: unknown, options: ReadOptions = {}): Promise<Trace[]> {
  const table = await readSpans(input, options);
  return inSlices(tracesInSteps(table), options.signal);
}

/** What is told while spans come in. */
export interface ReadSpansOptions extends ReadOptions {
  /**
   * Called now and then while a long input is read, with the table that holds the spans so far; reading goes on when it
   * is settled. Only for inputs that can be shown before their end is there: JSON Lines.
   */
  onSpans?: ((table: SpanTable) => Promise<void>) | undefined;
  /**
   * What the times of the table are counted from: `origin.epoch` of the table that the spans are to be appended to. From
   * another one, the same moment may come out another one by a rounding, and the same span as two.
   */
  epoch?: number | undefined;
}

function emptyTable({ epoch }: ReadSpansOptions): SpanTable {
  const table = new SpanTable();
  table.origin.epoch = epoch;
  return table;
}

/** Reads spans without building traces of them, so that more can be added to the same table. */
export async function readSpans(input: unknown, options: ReadSpansOptions = {}): Promise<SpanTable> {
  // Comes in while the outlines are read. Whoever reads again tries again.
  const details = loadDetails();
  details.catch(() => {});
  const table = await readOutlines(input, options);
  await details;
  return table;
}

/** As `readSpans`, but without waiting for what reads the details of spans: `loadDetails` has to be through before they are asked for. */
export async function readOutlines(input: unknown, options: ReadSpansOptions = {}): Promise<SpanTable> {
  const { signal, onProgress } = options;
  signal?.throwIfAborted();
  const known = (await spansOfTraces(input, options)) ?? (await spansOfFiles(input, options));
  if (known) return known;
  const { source, streamed } = await sourceOf(input, options);
  if (streamed?.table) return filled(streamed.table, streamed.format);
  const { value, problems } = streamed ?? (await valueOf(source, signal));
  const format = await formatOf(value, options.format);
  const table = emptyTable(options);
  await inSlices(format.read(value, table), signal, (done) => onProgress?.(done, undefined, 'spans'));
  for (const problem of problems) table.problems.push(problem);
  return filled(table, format);
}

/** The input, and what was read of it while it came in. */
async function sourceOf(
  input: unknown,
  options: ReadSpansOptions,
): Promise<{ source: Input; streamed: Streamed | undefined }> {
  const { signal, onProgress: onBytes } = options;
  // Of a stream, bytes are told.
  const told = typeof input === 'string' ? options : { ...options, onProgress: undefined };
  const lines = new IncomingText(told, emptyTable(options));
  try {
    const source = await readInput(input, { signal, onBytes, take: (text) => lines.take(text) });
    return { source, streamed: await lines.finish() };
  } finally {
    lines.end();
  }
}

/** @throws {EmptyInputError} */
async function filled(table: SpanTable, format: Format): Promise<SpanTable> {
  if (table.length === 0) throw new EmptyInputError(`This is ${format.title}, but it holds no spans.`);
  // Which trace a span without a trace id is of, all have a say in.
  try {
    await (table.hasHomeless ? furtherOutlines : table.needs)?.load();
  } catch {
    // What could not be loaded is told of when all spans are asked. Their rows can be shown without.
  }
  return table;
}

/** The spans of traces that were read before, or that come from a store. */
async function spansOfTraces(input: unknown, options: ReadSpansOptions): Promise<SpanTable | undefined> {
  const items: unknown[] = Array.isArray(input) ? input : [input];
  const traces = items.filter((item) => item instanceof Trace);
  if (traces.length === 0) return undefined;
  const table = emptyTable(options);
  // To append is to ask all spans.
  await furtherOutlines.load();
  // Traces that were read together share a table.
  for (const [shared, group] of grouped(traces, (trace) => trace.table)) table.append(compactTable(shared, group));
  const others = items.length - traces.length;
  if (others > 0) {
    const message = `${others} of ${items.length} items ${others === 1 ? 'is no trace' : 'are no traces'} and left out.`;
    table.problems.push({ code: 'unreadable-record', message });
  }
  return table;
}

/** The spans of several files at once: those of one trace come together, whichever file they are in. */
async function spansOfFiles(input: unknown, options: ReadSpansOptions): Promise<SpanTable | undefined> {
  const isFileList = typeof FileList === 'function' && input instanceof FileList;
  const files: unknown[] = isFileList ? [...input] : Array.isArray(input) ? input : [];
  if (files.length === 0 || !files.every((file) => file instanceof Blob)) return undefined;
  const table = emptyTable(options);
  await furtherOutlines.load();
  for (const file of files) {
    const { epoch } = table.origin;
    table.append(await readOutlines(file, { ...options, onSpans: undefined, epoch }));
  }
  return table;
}

async function valueOf(source: Input, signal: AbortSignal | undefined): Promise<ParsedText> {
  if ('text' in source) {
    const plain = plainJson(source.text);
    if (plain) return { ...plain, problems: [] };
    const { parsedText } = await import('./further-texts.js');
    return parsedText(source.text, signal);
  }
  return { value: 'bytes' in source ? source.bytes : source.value, problems: [] };
}

/**
 * The format of a parsed value, or the one of that name.
 *
 * @throws {EmptyInputError | UnknownFormatError}
 */
export async function formatOf(value: unknown, name?: string): Promise<Format> {
  const isWanted = (format: Format): boolean => (name ? format.name === name : format.detect(value));
  const known = formats.find(isWanted);
  if (known) return known;
  const further = await loadFurtherFormats();
  const found = further.find(isWanted);
  if (found) return found;
  const { unknownFormat } = await import('./unknown-format.js');
  throw unknownFormat(value, [...formats, ...further], name);
}
