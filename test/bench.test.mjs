// What the benchmark measures with, and how it tells what it found.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { markOf, ordinalOf } from '../bench/agent-run.mjs';
import { makeSpans, TRACES, writeTrace } from '../bench/generate.mjs';
import { readmeTable } from '../bench/readme.mjs';
import { figureTable } from '../bench/table.mjs';

function spansOf(trace) {
  const spans = [];
  const depth = makeSpans(trace, (span) => spans.push(span));
  return { spans, depth };
}

const SHAPES = [
  ['agents', { spans: 3000, payload: 'small' }],
  ['agents without payload', { spans: 5000, payload: 'tiny' }],
  ['wide', { spans: 501, payload: 'small', shape: 'wide' }],
  ['deep', { spans: 400, payload: 'small', shape: 'deep' }],
];

for (const [name, trace] of SHAPES) {
  test(`a trace to measure with is one sound tree, and the same again: ${name}`, () => {
    const { spans, depth } = spansOf(trace);
    assert.equal(spans.length, trace.spans);
    assert.deepEqual(spansOf(trace).spans, spans);
    assert.notDeepEqual(spansOf({ ...trace, seed: 2 }).spans, spans);
    const byId = new Map(spans.map((span, at) => [span.spanId, { ...span, at }]));
    assert.equal(byId.size, spans.length);
    assert.equal(spans.filter(({ parentSpanId }) => parentSpanId === undefined).length, 1);
    let deepest = 0;
    for (const [at, span] of spans.entries()) {
      let levels = 1;
      for (let above = byId.get(span.parentSpanId); above; above = byId.get(above.parentSpanId)) levels++;
      deepest = Math.max(deepest, levels);
      const parent = byId.get(span.parentSpanId);
      if (!parent) continue;
      assert.ok(parent.at > at && ordinalOf(parent.spanId) < ordinalOf(span.spanId));
      assert.ok(BigInt(parent.startTimeUnixNano) < BigInt(span.startTimeUnixNano));
      assert.ok(BigInt(parent.endTimeUnixNano) > BigInt(span.endTimeUnixNano));
    }
    assert.equal(depth, deepest);
    // Numbered as they begin.
    const begun = spans.toSorted((one, other) => ordinalOf(one.spanId) - ordinalOf(other.spanId));
    for (const [at, { spanId, startTimeUnixNano }] of begun.entries()) {
      assert.equal(ordinalOf(spanId), at + 1);
      if (at > 0) assert.ok(BigInt(startTimeUnixNano) > BigInt(begun[at - 1].startTimeUnixNano));
    }
  });
}

test('payloads are as large as they are said to be, and questions can be found', () => {
  const { spans } = spansOf({ spans: 300, payload: 'full' });
  const calls = spans.filter(({ name }) => name.startsWith('chat '));
  assert.ok(calls.length > 50);
  for (const call of calls) {
    const text = JSON.stringify(call);
    assert.ok(text.includes(markOf(ordinalOf(call.spanId))));
    assert.ok(text.length > 2000 && text.length < 20_000, `${text.length}`);
  }
  const lengths = spansOf(TRACES.get('huge')).spans.map((span) => JSON.stringify(span).length);
  assert.equal(lengths.filter((length) => length > 5_000_000).length, 1);
  const tiny = spansOf({ spans: 300, payload: 'tiny' }).spans.map((span) => JSON.stringify(span).length);
  assert.ok(tiny.reduce((sum, length) => sum + length) / tiny.length < 400);
});

test('a trace is written as JSON, as JSON Lines, and with its first and last rows', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'llm-trace-kit-'));
  try {
    const trace = { spans: 1200, payload: 'tiny' };
    writeTrace(folder, 'some', trace, { lines: true });
    const read = (ending) => readFile(path.join(folder, `some.${ending}`), 'utf8');
    const { spans } = spansOf(trace);
    const spansIn = ({ resourceSpans }) => resourceSpans[0].scopeSpans[0].spans;
    assert.deepEqual(spansIn(JSON.parse(await read('json'))), spans);
    const lines = (await read('jsonl')).trimEnd().split('\n');
    assert.equal(lines.length, 3);
    assert.deepEqual(
      lines.flatMap((line) => spansIn(JSON.parse(line))),
      spans,
    );
    const rows = JSON.parse(await read('rows.json'));
    const names = spans.toSorted((one, other) => (one.spanId < other.spanId ? -1 : 1)).map(({ name }) => name);
    assert.deepEqual([rows.first, rows.last], [names.slice(0, 64), names.slice(-64)]);
    assert.equal(rows.spans, 1200);
  } finally {
    await rm(folder, { recursive: true });
  }
});

const figure = {
  name: 'shown, <llm-trace-view>',
  step: 'show',
  unit: 'ms',
  cases: ['view', 'limit'],
  traces: ['1k', '1m'],
  of: ({ show }) => show,
  value: ({ took }) => took,
  beside: { wall: ({ wall }) => wall },
  holds: (trace) => ({ ratioAtMost: 2, ...(trace === '1m' && { times: { trace: '1k', atMost: 1.2 } }) }),
};
const taken = (...values) => values.map((took) => ({ show: { took, wall: took * 2 } }));
const measured = (ours, reference) =>
  new Map([
    ['view', ours],
    ['limit', reference],
  ]);

test('figures are medians, and judged by what is wanted', () => {
  const runs = new Map([
    ['1k', measured(taken(30, 10, 20), taken(10, 30, 20, 10))],
    ['1m', measured(taken(26), taken(20))],
    ['deep', measured(taken(1000), taken(1))],
  ]);
  const { lines, holds, markdown } = figureTable(figure, runs);
  assert.deepEqual(
    lines.map((line) => [line.trace, line.cases[0].value.median, line.cases[1].value.median, line.holds]),
    [
      ['1k', 20, 15, true],
      ['1m', 26, 20, false],
    ],
  );
  assert.equal(holds, false);
  assert.match(
    markdown,
    /\| 1k \| 20\.0 \(10\.0 – 30\.0\) \| 15\.0 \(10\.0 – 30\.0\) \| 1\.33 \| ≤ 2 × \| holds \| 40\.0 \/ 30\.0 \|/,
  );
  assert.match(markdown, /≤ 2 ×, ≤ 1\.2 × 1k \| DOES NOT HOLD/);
  const table = readmeTable([{ rows: [{ name: figure.name, unit: 'ms', lines }] }]);
  assert.match(table, /shown, `<llm-trace-view>`, ms .*\| 1\.33 × \| +\| +\| \*\*1\.30 ×\*\* \|/);
});

test('a page that failed is no figure, and does not hold', () => {
  const failed = figureTable(figure, new Map([['1k', measured([{ failure: 'no rows' }], taken(10))]]));
  assert.deepEqual([failed.holds, failed.lines[0].holds], [false, false]);
  assert.match(failed.markdown, /\| – \| 10\.0 .*no rows/);
  const partly = figureTable(figure, new Map([['1k', measured([...taken(10), { failure: 'lost' }], taken(10))]]));
  assert.equal(partly.holds, false);
  assert.equal(figureTable(figure, new Map([['deep', measured(taken(1), taken(1))]])), undefined);
});
