import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { readTraces } from '../../formats/index.js';
import { atOnce, type SpanKind, type SpanMeaning, type SpanReader, type Trace } from '../../model/index.js';
import { sharedFiles, sharedText } from '../../test/shared-files.js';
import { tableOf, type SpanSketch } from '../../test/trace-builder.js';
import { buildTraces } from '../../model/index.js';
import { diffTraces, diffTracesInSteps, type TraceDiff } from './trace-diff.js';

/** What a test says of a span. */
interface Sketch {
  id: string;
  parent: string;
  name: string;
  kind: SpanKind;
  start: number;
  duration: number;
  meaning: SpanMeaning;
  more?: SpanSketch;
}

const sketch = (id: string, parent = '', more: Partial<Sketch> = {}): Sketch => ({
  id,
  parent,
  name: id,
  kind: 'span',
  start: 0,
  duration: 10,
  meaning: {},
  ...more,
});

const reader: SpanReader = {
  format: 'test',
  record: () => ({ attributes: new Map(), events: [], links: [], resource: new Map(), scope: {} }),
  meaning: (_, raw) => (raw as Sketch).meaning,
};

const traceOf = (sketches: readonly Sketch[]): Trace => {
  const rows = sketches.map((one) => ({
    id: one.id,
    parentId: one.parent,
    name: one.name,
    kind: one.kind,
    start: one.start,
    end: one.start + one.duration,
    ...one.more,
    raw: { ...one },
  }));
  return buildTraces(tableOf(rows, reader))[0]!;
};

/** What changed, as a person would say it: “missing b”, “changed c: time, output”. */
const told = (diff: TraceDiff): string[] =>
  Array.from(diff.changes(), ({ change, before, after, differences }) => {
    const names =
      before && after && before.name !== after.name ? `${before.name} → ${after.name}` : (after ?? before)!.name;
    return differences.length ? `${change} ${names}: ${differences.join(', ')}` : `${change} ${names}`;
  });

const diffOf = (before: readonly Sketch[], after: readonly Sketch[]): string[] =>
  told(diffTraces(traceOf(before), traceOf(after)));

/** The same spans without one; what was inside it is inside its parent. */
const without = (sketches: readonly Sketch[], id: string): Sketch[] => {
  const gone = sketches.find((one) => one.id === id)!;
  return sketches
    .filter((one) => one !== gone)
    .map((one) => (one.parent === id ? { ...one, parent: gone.parent } : one));
};

const changed = (sketches: readonly Sketch[], id: string, change: Partial<Sketch>): Sketch[] =>
  sketches.map((one) => (one.id === id ? { ...one, ...change } : one));

const KINDS: readonly SpanKind[] = ['span', 'llm', 'tool'];

/** Trees in which many spans are called the same. No two spans hold the same and take the same time. */
const anyTrace = (least = 2, most = 24): fc.Arbitrary<Sketch[]> =>
  fc
    .array(
      fc.record({
        up: fc.nat(),
        name: fc.constantFrom('a', 'b', 'c'),
        kind: fc.constantFrom(...KINDS),
        start: fc.nat(40),
        input: fc.nat(3),
      }),
      { minLength: least, maxLength: most },
    )
    .map((spans) =>
      spans.map(({ up, name, kind, start, input }, at) =>
        sketch(`s${at}`, at === 0 ? '' : `s${up % at}`, {
          name,
          kind,
          start: at === 0 ? 0 : start,
          duration: 100 + at,
          meaning: { input: `question ${input}`, output: 'answer', parameters: new Map([['temperature', 0]]) },
        }),
      ),
    );

const isInside = (sketches: readonly Sketch[], id: string, top: string): boolean => {
  for (let at = id; at; at = sketches.find((one) => one.id === at)!.parent) if (at === top) return true;
  return false;
};

describe('diffTraces', () => {
  const run = [
    sketch('root'),
    sketch('plan', 'root', { kind: 'llm', duration: 11, more: { model: 'one', usage: { input: 5, output: 2 } } }),
    sketch('search', 'root', { kind: 'tool', start: 20, duration: 12, meaning: { input: { query: 'heat' } } }),
    sketch('fetch', 'search', { start: 21, duration: 3 }),
    sketch('answer', 'root', { kind: 'llm', start: 40, duration: 14, meaning: { output: 'Done.' } }),
  ];

  it('finds nothing between a trace and itself, and between a trace and its copy', () => {
    const trace = traceOf(run);
    for (const other of [trace, traceOf(run)]) {
      const diff = diffTraces(trace, other);
      expect(told(diff)).to.deep.equal([]);
      expect(diff.count('equal')).to.equal(5);
      expect(diff.isWhole).to.equal(true);
    }
  });

  it('tells what is missing, and what was added', () => {
    expect(diffOf(run, without(run, 'fetch'))).to.deep.equal(['missing fetch']);
    expect(diffOf(without(run, 'fetch'), run)).to.deep.equal(['added fetch']);
  });

  it('tells of a wrapper that is gone, and nothing of what was inside it', () => {
    expect(diffOf(run, without(run, 'search'))).to.deep.equal(['missing search']);
    expect(diffOf(without(run, 'search'), run)).to.deep.equal(['added search']);
  });

  it('looks through a wrapper that is gone in another run, where no time is the same', () => {
    const other = without(run, 'search').map((one) => ({ ...one, duration: one.duration * 1.1 }));
    expect(diffOf(run, other)).to.deep.equal(['missing search']);
    expect(diffOf(other, run)).to.deep.equal(['added search']);
  });

  it('tells of another name, kind, model, status, parameter, tool, text', () => {
    const cases: [Partial<Sketch>, string][] = [
      [{ name: 'draft' }, 'renamed plan → draft: name'],
      [{ kind: 'chain' }, 'changed plan: kind'],
      [{ more: { model: 'two', usage: { input: 5, output: 2 } } }, 'changed plan: model'],
      [{ more: { model: 'one', usage: { input: 5, output: 3 } } }, 'changed plan: tokens'],
      [{ more: { model: 'one', usage: { input: 5, output: 2 }, cost: 1 } }, 'changed plan: cost'],
      [{ more: { model: 'one', usage: { input: 5, output: 2 }, status: 'error' } }, 'changed plan: status'],
      [{ meaning: { parameters: new Map([['seed', 1]]) } }, 'changed plan: parameters'],
      [{ meaning: { tools: [{ name: 'search' }] } }, 'changed plan: tools'],
      [{ meaning: { input: 'Why?' } }, 'changed plan: input'],
      [{ meaning: { output: 'So.' } }, 'changed plan: output'],
      [{ meaning: { messages: [{ role: 'user', origin: 'input', parts: [{ type: 'text', text: 'Hi' }] }] } }, 'changed plan: input'], // prettier-ignore
      [{ duration: 40 }, 'changed plan: time'],
    ];
    for (const [change, words] of cases)
      expect(diffOf(run, changed(run, 'plan', change)), words).to.deep.equal([words]);
  });

  it('leaves alone what differs from run to run: a little time, ids of calls', () => {
    expect(diffOf(run, changed(run, 'plan', { duration: 12 }))).to.deep.equal([]);
    const calls = (id: string): SpanMeaning => ({
      messages: [
        { role: 'assistant', origin: 'output', parts: [{ type: 'tool-call', id, name: 'search', arguments: {} }] },
      ],
    });
    expect(diffOf(changed(run, 'plan', { meaning: calls('1') }), changed(run, 'plan', { meaning: calls('2') }))).to.be
      .empty;
  });

  it('tells of a span in another place: inside another one, or after another one', () => {
    expect(diffOf(run, changed(run, 'fetch', { parent: 'plan' }))).to.deep.equal(['moved fetch: place']);
    expect(diffOf(run, changed(run, 'answer', { start: -20 }))).to.deep.equal(['moved answer: place']);
  });

  it('knows no order among spans that run at the same time', () => {
    const both = [
      sketch('root', '', { duration: 50 }),
      sketch('a', 'root', { start: 1 }),
      sketch('b', 'root', { start: 2 }),
    ];
    expect(diffOf(both, changed(both, 'a', { start: 3 }))).to.deep.equal([]);
    expect(diffOf(both, changed(both, 'a', { start: 13 })), 'together before').to.deep.equal([]);
  });

  it('pairs the roots of two runs that are called after the run', () => {
    const other = changed(run, 'root', { name: 'run of today', duration: 99 });
    expect(diffOf(run, other)).to.deep.equal(['renamed root → run of today: name, time']);
  });

  it('shows what is missing where it was', () => {
    const diff = diffTraces(traceOf(run), traceOf(without(without(run, 'fetch'), 'search')));
    const rows = Array.from(diff.tree.nodes, (_, position) => {
      const { before, after } = diff.at(position);
      return `${'-'.repeat(diff.tree.depth[position]!)}${(after ?? before)!.name}`;
    });
    expect(rows).to.deep.equal(['root', '-plan', '-search', '--fetch', '-answer']);
    const { before } = diff.at(2);
    expect(diff.positionOf(before!)).to.equal(2);
    expect(diff.positionOf(diff.at(4).after!)).to.equal(4);
    expect(diff.positionOf(traceOf(run).spans.at(0)!)).to.equal(-1);
  });

  it('tells exactly the one thing that was done to any trace', () => {
    fc.assert(
      fc.property(
        anyTrace(),
        fc.nat(),
        fc.nat(),
        fc.constantFrom('remove', 'rename', 'move', 'slow', 'text'),
        (spans, at, to, act) => {
          const { id, parent, name, duration, meaning } = spans[1 + (at % (spans.length - 1))]!;
          const before = traceOf(spans);
          const after = (sketches: Sketch[]): string[] => told(diffTraces(before, traceOf(sketches)));
          if (act === 'remove') {
            expect(after(without(spans, id))).to.deep.equal([`missing ${name}`]);
            expect(told(diffTraces(traceOf(without(spans, id)), before))).to.deep.equal([`added ${name}`]);
          } else if (act === 'rename') {
            expect(after(changed(spans, id, { name: 'z' }))).to.deep.equal([`renamed ${name} → z: name`]);
          } else if (act === 'slow') {
            expect(after(changed(spans, id, { duration: duration * 3 }))).to.deep.equal([`changed ${name}: time`]);
          } else if (act === 'text') {
            const other = changed(spans, id, { meaning: { ...meaning, output: 'another answer' } });
            expect(after(other)).to.deep.equal([`changed ${name}: output`]);
          } else {
            const places = spans.filter((one) => one.id !== parent && !isInside(spans, one.id, id));
            if (!places.length) return;
            const other = changed(spans, id, { parent: places[to % places.length]!.id });
            expect(after(other)).to.deep.equal([`moved ${name}: place`]);
          }
        },
      ),
      { numRuns: 600 },
    );
  });

  it('tells everything that was done, where names are unique', () => {
    const acts = fc.array(fc.tuple(fc.nat(), fc.constantFrom('remove', 'rename', 'slow', 'text'), fc.nat()), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(anyTrace(3, 40), acts, (some, list) => {
        const spans = some.map((one) => ({ ...one, name: one.id }));
        let other = spans;
        const expected = new Map<string, string>();
        for (const [at, act] of list) {
          const { id, duration, meaning } = spans[1 + (at % (spans.length - 1))]!;
          if (expected.has(id)) continue;
          if (act === 'remove') other = without(other, id);
          else if (act === 'rename') other = changed(other, id, { name: `new ${id}` });
          else if (act === 'slow') other = changed(other, id, { duration: duration * 3 });
          else other = changed(other, id, { meaning: { ...meaning, input: 'another question' } });
          const words = {
            remove: `missing ${id}`,
            rename: `renamed ${id} → new ${id}: name`,
            slow: `changed ${id}: time`,
            text: `changed ${id}: input`,
          };
          expected.set(id, words[act]);
        }
        expect(diffOf(spans, other)).to.have.members([...expected.values()]);
      }),
      { numRuns: 300 },
    );
  });

  it('has every span of both traces once, parents before children, whatever the two are', () => {
    fc.assert(
      fc.property(anyTrace(), anyTrace(), (one, another) => {
        const [before, after] = [traceOf(one), traceOf(another)];
        const diff = diffTraces(before, after);
        const pairs = Array.from(diff.tree.nodes, (_, position) => diff.at(position));
        const ids = (side: 'before' | 'after'): string[] => pairs.flatMap((pair) => pair[side]?.id ?? []).sort();
        expect(ids('before')).to.deep.equal(one.map(({ id }) => id).sort());
        expect(ids('after')).to.deep.equal(another.map(({ id }) => id).sort());
        diff.tree.parent.forEach((parent, position) => expect(parent).to.be.below(position));
        // The trace after is as it is.
        expect(pairs.flatMap(({ after: span }) => span?.index ?? [])).to.deep.equal(another.map((_, at) => at));
      }),
    );
  });

  it('aligns 20,000 spans in one parent, and as many in a chain, with few differences', () => {
    const wide = Array.from({ length: 20_000 }, (_, at) =>
      sketch(`s${at}`, at ? 's0' : '', { name: at % 2 ? 'embed' : 'store', start: at, duration: 1 }),
    );
    const other = without(changed(wide, 's900', { name: 'load' }), 's15000');
    expect(diffOf(wide, other)).to.deep.equal(['renamed store → load: name', 'missing store']);
    const chain = wide.map((one, at) => ({ ...one, parent: at ? `s${at - 1}` : '' }));
    expect(diffOf(chain, without(chain, 's700'))).to.deep.equal(['missing store']);
  });

  it('pairs the first with the first where long lists differ in everything', () => {
    const list = (name: string, factor: number): Sketch[] =>
      Array.from({ length: 1500 }, (_, at) =>
        sketch(`s${at}`, at ? 's0' : '', {
          name: at ? `${name}${(at * factor) % 7}` : 'root',
          start: at * 20,
          duration: 1 + ((at * factor) % 11),
        }),
      );
    const diff = diffTraces(traceOf(list('step', 1)), traceOf(list('step', 3)));
    expect(diff.count('added') + diff.count('missing')).to.be.below(20);
    expect(diff.count('moved')).to.be.above(100);
  });

  it('gives the diff before it has read anything, and goes on', () => {
    const work = diffTracesInSteps(traceOf(run), traceOf(changed(run, 'answer', { meaning: { output: 'Failed.' } })));
    let diff: TraceDiff | undefined;
    while (!diff) diff = work.next().value ?? undefined;
    expect(diff.isWhole).to.equal(false);
    expect(diff.changeCount).to.equal(0);
    atOnce(work);
    expect(diff.isWhole).to.equal(true);
    expect(told(diff)).to.deep.equal(['changed answer: output']);
    expect([diff.pairsRead, diff.count('equal'), diff.count('changed')]).to.deep.equal([5, 4, 1]);
  });

  it('takes traces without spans in common, and hostile names', () => {
    const hostile = [
      sketch('__proto__', '', { kind: 'llm', duration: 78 }),
      sketch('constructor', '__proto__', { duration: 77 }),
    ];
    expect(diffOf(hostile, hostile)).to.deep.equal([]);
    expect(diffOf(hostile, run).filter((words) => words.startsWith('missing'))).to.deep.equal([
      'missing __proto__',
      'missing constructor',
    ]);
  });
});

const files = await sharedFiles();

/** A trace built anew from what another one says, after something was done to its spans. */
function rebuilt(trace: Trace, act: (sketches: SpanSketch[]) => SpanSketch[] = (same) => same): Trace {
  const readers = new Map<unknown, SpanReader>();
  const sketches = Array.from(trace.spans, (span): SpanSketch => {
    const row = trace.rowAt(span.index);
    readers.set(span.raw, trace.table.readers.at(row)!);
    const start = span.hasStart ? trace.startAt(span.index) - trace.startTime : undefined;
    const { id, name, kind, status, statusMessage, model, label, usage, cost } = span;
    return {
      ...{ id, name, kind, status, statusMessage, model, label, usage: usage as never, cost },
      parentId: span.parent?.id ?? '',
      ...(start !== undefined && { start, ...(span.duration !== undefined && { end: start + span.duration }) }),
      raw: span.raw,
    };
  });
  const known: SpanReader = {
    format: 'test',
    record: (raw) => (readers.get(raw) ?? reader).record(raw),
    meaning: (record, raw) => (readers.get(raw) ?? reader).meaning(record, raw),
  };
  return buildTraces(tableOf(act(sketches), known))[0]!;
}

describe('diffTraces, on real traces', () => {
  if (!files.length) {
    it('which are not on this machine: nothing is tested', () => expect(files).to.be.empty);
    return;
  }

  it('finds nothing between any trace and itself read twice', async () => {
    let traces = 0;
    for (const file of files) {
      const text = await sharedText(`fixtures/${file}`);
      const read = async (): Promise<Trace[]> => readTraces(text).catch(() => []);
      const [one, another] = [await read(), await read()];
      one.forEach((trace, at) => {
        const diff = diffTraces(trace, another[at]!);
        expect(told(diff), file).to.deep.equal([]);
        expect(diff.count('equal'), file).to.equal(trace.spans.length);
        traces++;
      });
    }
    expect(traces).to.be.above(100);
  });

  it('tells exactly the one thing that was done to a trace of an agent', async () => {
    let done = 0;
    for (const file of files) {
      const [trace] = await readTraces(await sharedText(`fixtures/${file}`)).catch((): Trace[] => []);
      if (!trace || trace.spans.length < 3 || trace.spans.length > 200 || trace.roots.length > 1) continue;
      const before = rebuilt(trace);
      const steps = Math.max(1, Math.floor(trace.spans.length / 12));
      for (let at = 1; at < trace.spans.length; at += steps) {
        const { id, name, parentId, duration } = before.spans.at(at)!;
        // Nothing says of a span without time and anything inside that it is the same under another name.
        if (!duration) continue;
        const tell = (act: (sketches: SpanSketch[]) => SpanSketch[]): string[] =>
          told(diffTraces(before, rebuilt(trace, act)));
        const renamed = tell((all) => all.map((one) => (one.id === id ? { ...one, name: 'another name' } : one)));
        expect(renamed, `${file}: ${id}`).to.deep.equal([`renamed ${name} → another name: name`]);
        const slowed = tell((all) => all.map((one) => (one.id === id ? { ...one, end: one.end! * 10 + 90_000 } : one)));
        expect(slowed, `${file}: ${id}`).to.deep.equal([`changed ${name}: time`]);
        const removed = tell((all) =>
          all
            .filter((one) => one.id !== id)
            .map((one) => (one.parentId === id ? { ...one, parentId: parentId! } : one)),
        );
        expect(removed, `${file}: ${id}`).to.deep.equal([`missing ${name}`]);
        done++;
      }
    }
    expect(done).to.be.above(20);
  });
});
