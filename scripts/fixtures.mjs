// Reads every file of a folder of real traces (../shared/fixtures, or the one that is named) without a hint, and prints
// what was found: files, span records, spans, messages, problems. Fails on a file that is not recognised as what its folder
// says, or that is not read as so many spans as it has records.
// Needs `npm run build`.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { spanRecords } from './span-records.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = path.resolve(process.argv[2] ?? path.join(root, '../shared/fixtures'));
const dist = (file) => import(path.join(root, 'dist/formats', file));
const { readTraces, formats, loadFurtherFormats } = await dist('index.js');
const { readInput } = await dist('input.js');
const { parseText } = await dist('parse-text.js');
const all = [...formats, ...(await loadFurtherFormats())];

/** What a file holds: parsed JSON, or bytes. */
async function valueIn(bytes) {
  const input = await readInput(bytes, {});
  return 'text' in input ? parseText(input.text).value : input.bytes;
}

/** Names of all formats that take a value for theirs: it must be one. */
const claimants = (value) => all.filter((known) => known.detect(value)).map(({ name }) => name);

/** The formats that the files of a folder may be; the folder's own name where it is not listed. */
const EXPECTED = new Map(
  Object.entries({
    'genai-attributes': ['attributes'],
    openinference: ['otel-js', 'attributes'],
    'otlp-decoded': ['otlp'],
    'otlp-jsonl': ['otlp'],
    'vercel-ai-sdk': ['otel-js'],
    ...Object.fromEntries(
      ['anthropic', 'gemini', 'openai-chat', 'openai-responses'].flatMap((provider) => [
        [`provider-${provider}`, ['provider']],
        [`provider-${provider}-sse`, ['sse', 'provider']],
      ]),
    ),
    zipkin: ['zipkin', 'zipkin-v1'],
  }),
);

const folders = await readdir(folder, { withFileTypes: true }).catch(() => []);
if (folders.length === 0)
  console.log(`There are no real traces in ${path.basename(path.dirname(folder))}/${path.basename(folder)}.`);

const rows = [];
const failures = [];
for (const { name } of folders.filter((entry) => entry.isDirectory())) {
  const row = { folder: name, files: 0, records: 0, spans: 0, messages: 0, problems: 0 };
  for (const file of await readdir(path.join(folder, name))) {
    row.files++;
    try {
      const bytes = await readFile(path.join(folder, name, file));
      const value = await valueIn(bytes);
      const claims = claimants(value);
      if (claims.length > 1) failures.push(`${name}/${file} is claimed by ${claims.join(' and ')}`);
      const traces = await readTraces(bytes);
      const spans = traces.reduce((sum, trace) => sum + trace.spans.length, 0);
      const records = spanRecords(name, value);
      row.records = records === undefined || row.records === undefined ? undefined : row.records + records;
      if (records !== undefined && records !== spans)
        failures.push(`${name}/${file} holds ${records} spans and was read as ${spans}`);
      for (const trace of traces) {
        if (!(EXPECTED.get(name) ?? [name]).includes(trace.format))
          failures.push(`${name}/${file} was read as ${trace.format}`);
        row.spans += trace.spans.length;
        row.problems += trace.problems.length;
        for (const span of trace.spans) row.messages += span.messages.length;
      }
    } catch (error) {
      failures.push(`${name}/${file}: ${error.message}`);
    }
  }
  rows.push(row);
}
console.table(rows);
for (const failure of failures) console.error(failure);
const files = rows.reduce((sum, row) => sum + row.files, 0);
console.log(`${files - failures.length} passed, ${failures.length} failed`);
process.exitCode = failures.length ? 1 : 0;
