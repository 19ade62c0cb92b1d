// Traces to measure with. `node bench/generate.mjs 1k 100k --out traces` writes some of those that have names;
// `node bench/generate.mjs --spans 2500 --payload small --seed 7 --out traces` one of another size.
//
// A trace is written as OTLP JSON, as JSON Lines of batches where that is asked for (`--lines`), and with a file that says
// which rows a tree of it has first and last.
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { AgentRun, ordinalOf } from './agent-run.mjs';

/**
 * The traces that have names. A million spans have hardly any attributes, so that their text stays below the length that an
 * engine allows a string to have. `live` is for what is loaded in part, and appended to.
 */
export const TRACES = new Map([
  ['100', { spans: 100, payload: 'full' }],
  ['1k', { spans: 1000, payload: 'full' }],
  ['10k', { spans: 10_000, payload: 'full' }],
  ['100k', { spans: 100_000, payload: 'small' }],
  ['1m', { spans: 1_000_000, payload: 'tiny' }],
  ['wide', { spans: 10_001, payload: 'small', shape: 'wide' }],
  ['deep', { spans: 2000, payload: 'small', shape: 'deep' }],
  ['live', { spans: 160_000, payload: 'small' }],
  ['huge', { spans: 100, payload: 'full', largeText: 5_000_000 }],
]);

/** Spans to a line of JSON Lines: what OpenTelemetry's batch processor hands over at the most. */
const BATCH = 512;
/** Rows that are written down of either end of a tree. */
const ROWS = 64;

const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'assistant' } }] };
const scope = { name: 'bench', version: '1.0.0' };
const EMPTY = JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ scope, spans: [] }] }] });
const [HEAD, TAIL] = [EMPTY.slice(0, -6), EMPTY.slice(-6)];

/** The spans of a trace in the order in which they end. Gives how deep they go. */
export function makeSpans({ spans, shape, ...options }, emit) {
  const run = new AgentRun(options, emit);
  if (shape === 'wide') run.wide(spans - 1);
  else if (shape === 'deep') run.deep(spans / 2);
  else run.agents(spans);
  return run.depth;
}

/** A file that is there once it is whole. */
class NewFile {
  #name;
  #handle;
  #parts = [];
  #length = 0;

  constructor(name) {
    this.#name = name;
    this.#handle = openSync(`${name}.${process.pid}`, 'w');
  }

  write(part) {
    this.#parts.push(part);
    this.#length += part.length;
    if (this.#length > 4_000_000) this.#flush();
  }

  #flush() {
    writeSync(this.#handle, this.#parts.join(''));
    this.#parts = [];
    this.#length = 0;
  }

  close() {
    this.#flush();
    closeSync(this.#handle);
    renameSync(`${this.#name}.${process.pid}`, this.#name);
  }
}

/** Writes `name.json`, `name.rows.json`, and `name.jsonl` where lines are wanted. */
export function writeTrace(folder, name, trace, { lines = false } = {}) {
  mkdirSync(folder, { recursive: true });
  const file = new NewFile(path.join(folder, `${name}.json`));
  const lined = lines ? new NewFile(path.join(folder, `${name}.jsonl`)) : undefined;
  const rows = { spans: trace.spans, depth: 0, first: [], last: [] };
  let count = 0;
  let batch = [];
  const endLine = () => {
    if (batch.length > 0) lined?.write(`${HEAD}${batch.join(',')}${TAIL}\n`);
    batch = [];
  };
  file.write(HEAD);
  rows.depth = makeSpans(trace, (span) => {
    const record = JSON.stringify(span);
    file.write((count++ ? ',\n' : '\n') + record);
    if (batch.push(record) === BATCH) endLine();
    const row = ordinalOf(span.spanId) - 1;
    if (row < ROWS) rows.first[row] = span.name;
    if (row >= trace.spans - ROWS) rows.last[row - Math.max(0, trace.spans - ROWS)] = span.name;
  });
  if (count !== trace.spans) throw new Error(`${count} spans in place of ${trace.spans}`);
  endLine();
  lined?.close();
  file.write(`\n${TAIL}`);
  file.close();
  writeFileSync(path.join(folder, `${name}.rows.json`), JSON.stringify(rows));
}

/** The folder of the traces that are made once and measured often; another where what makes them has changed. */
export function traceFolder() {
  const hash = createHash('sha256');
  for (const file of ['agent-run.mjs', 'generate.mjs']) hash.update(readFileSync(new URL(file, import.meta.url)));
  const name = `../node_modules/.cache/llm-trace-kit-bench/${hash.digest('hex').slice(0, 12)}`;
  return fileURLToPath(new URL(name, import.meta.url));
}

/** Makes a named trace, unless it is there. Gives the folder that it is in. */
export function ensureTrace(name, { lines = false } = {}) {
  const folder = traceFolder();
  const isThere = ['rows.json', 'json', ...(lines ? ['jsonl'] : [])].every((ending) =>
    existsSync(path.join(folder, `${name}.${ending}`)),
  );
  if (!isThere) writeTrace(folder, name, TRACES.get(name), { lines });
  return folder;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      out: { type: 'string', default: 'traces' },
      lines: { type: 'boolean', default: false },
      spans: { type: 'string' },
      payload: { type: 'string', default: 'full' },
      seed: { type: 'string', default: '1' },
    },
  });
  const { out, lines } = values;
  const seed = Number(values.seed);
  if (values.spans) {
    writeTrace(out, values.spans, { spans: Number(values.spans), payload: values.payload, seed }, { lines });
  } else {
    for (const name of positionals.length > 0 ? positionals : TRACES.keys()) {
      writeTrace(out, name, { ...TRACES.get(name), seed }, { lines });
    }
  }
}
