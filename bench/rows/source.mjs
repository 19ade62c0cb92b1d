import { fileURLToPath } from 'node:url';

/** A file of the sources, as an import in a program names it. */
export const source = (file) => JSON.stringify(fileURLToPath(new URL(`../../src/${file}`, import.meta.url)));

/** A file beside the rows, as an import in a program names it. */
export const beside = (file) => JSON.stringify(fileURLToPath(new URL(`../${file}`, import.meta.url)));

/** What makes the trace of an agent's run that the scenes are measured with, as OTLP. */
export const RUN = `
import { AgentRun } from ${beside('agent-run.mjs')};

const runOf = (count, payload) => {
  const spans = [];
  new AgentRun({ payload }, (span) => spans.push(span)).agents(count);
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'assistant' } }] };
  return { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'bench' }, spans }] }] };
};
`;

/** Spans of about 2 kB, as a tracer hands them over, and the bare database that they are measured against. */
export const SPANS = `
const text = (at) => (' word' + at).repeat(170).slice(0, 850);
const hex = (value, length) => value.toString(16).padStart(length, '0');

/** A trace of so many spans: a root, and a call of a model every second span. */
export const spansOf = (count, trace = 1) =>
  Array.from({ length: count }, (_, at) => ({
    traceId: hex(trace, 32),
    id: hex(trace * 1_000_000 + at + 1, 16),
    ...(at > 0 && { parentId: hex(trace * 1_000_000 + 1, 16) }),
    name: at === 0 ? 'agent' : 'step ' + at,
    kind: at % 2 ? 'llm' : 'tool',
    start: 1_700_000_000_000 + trace * 1000 + at,
    end: 1_700_000_000_000 + trace * 1000 + at + 0.5,
    model: 'gpt-4.1',
    usage: { input: 812, output: 96, total: 908 },
    input: { role: 'user', content: text(at) },
    output: { role: 'assistant', content: text(at + 1) },
    attributes: { 'app.step': at, 'app.user': 'u-17' },
  }));

export const openBare = (name, upgrade) =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => upgrade(request.result);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

export const resultOf = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

export const doneOf = (transaction) =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
`;
