import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { SPAN_KINDS } from '../model/index.js';
import { ran, traceOf, type SpanSketch } from '../test/trace-builder.js';
import { mermaidOfSequence, sequenceText } from './sequence-text.js';
import { sequenceOf, type Sequence } from './sequence.js';

/** The rows as lines, with what they stand for. */
function lines(sequence: Sequence, isOpen = false): string[] {
  const rows = sequence.rows(() => isOpen);
  const name = (lifeline: number): string => sequence.lifelines[lifeline]?.name ?? 'start';
  return Array.from({ length: rows.count }, (_, at) => {
    const { type, call, times } = rows.at(at);
    const indent = '  '.repeat(call.depth);
    if (type === 'loop') return `${indent}${times} times`;
    if (type === 'return') return `${indent}${name(call.to)} returns`;
    return `${indent}${name(call.from)} > ${name(call.to)}${type === 'times' ? ` x${times}` : ''}${call.isParallel ? ' ||' : ''}`;
  });
}

const tool = (id: string, name: string, start: number, more: SpanSketch = {}): SpanSketch =>
  ran(id, 'lead', { kind: 'tool', name, start, end: start + 5, ...more });
const llm = (id: string, start: number): SpanSketch =>
  ran(id, 'lead', { kind: 'llm', model: 'gpt', start, end: start + 5 });
const lead = ran('lead', 'root', { kind: 'agent', end: 900 });

describe('sequence', () => {
  it('has a call after the other, with the returns of those that made calls', () => {
    const sequence = sequenceOf(
      traceOf(
        ran('root', '', { kind: 'chain', end: 900 }),
        lead,
        llm('ask', 1),
        ran('step', 'lead', { kind: 'chain', start: 10 }),
        ran('search', 'step', { kind: 'tool', start: 10, end: 30 }),
        ran('index', 'search', { kind: 'retriever', start: 11 }),
        tool('other', 'note', 20),
      ),
    );
    expect(lines(sequence)).to.deep.equal([
      'start > lead',
      '  lead > gpt',
      '  lead > search',
      '    search > index',
      '  search returns',
      '  lead > note ||',
      'lead returns',
    ]);
  });

  it('folds what is repeated, also several calls in turn, and shows them when asked', () => {
    const calls = Array.from({ length: 4 }, (_, at) => [llm(`l${at}`, 10 * at), tool(`t${at}`, 'search', 10 * at + 5)]);
    const trace = traceOf(ran('root', ''), lead, ...calls.flat(), tool('a', 'x', 80), tool('b', 'x', 85));
    const sequence = sequenceOf(trace);
    expect(lines(sequence)).to.deep.equal([
      'start > lead',
      '  4 times',
      '  lead > gpt x4',
      '  lead > search x4',
      '  lead > x',
      '  lead > x',
      'lead returns',
    ]);
    expect(lines(sequence, true)).to.have.length(13);
    const folded = sequence.rows(() => false);
    expect(folded.rowOf(sequence.around(trace.span('t3')!))).to.equal(3);
    expect(sequence.figures(folded.at(3))).to.deep.equal({ duration: 20, errors: 0, isRunning: false });
  });

  it('does not fold calls that make calls', () => {
    const calls = [0, 1, 2].map((at) => tool(`t${at}`, 'search', 10 * at));
    const inside = ran('inside', 't2', { kind: 'retriever', name: 'index', start: 21 });
    expect(lines(sequenceOf(traceOf(ran('root', ''), lead, ...calls, inside)))).to.deep.equal([
      'start > lead',
      '  lead > search',
      '  lead > search',
      '  lead > search',
      '    search > index',
      '  search returns',
      'lead returns',
    ]);
  });

  it('has one lifeline for all that are beyond those with room', () => {
    const many = Array.from({ length: 100 }, (_, at) => tool(`t${at}`, `tool ${at}`, 5 * at));
    const { lifelines } = sequenceOf(traceOf(ran('root', ''), lead, ...many, llm('ask', 500), llm('again', 510)));
    expect(lifelines).to.have.length(40);
    expect(lifelines.at(-1)!.others).to.equal(63);
    expect(lifelines.some(({ name }) => name === 'gpt')).to.equal(true);
  });

  const sketch = fc.record({ parent: fc.nat(), kind: fc.constantFrom(...SPAN_KINDS), name: fc.nat(3) });

  it('has every call in a row, folded or not, between the call that made it and its return', () => {
    fc.assert(
      fc.property(fc.array(sketch, { minLength: 1, maxLength: 60 }), (sketches) => {
        const trace = traceOf(
          ...sketches.map(({ parent, kind, name }, at) =>
            ran(`s${at}`, at === 0 || parent % 4 === 0 ? '' : `s${parent % at}`, { kind, start: at, name: `n${name}` }),
          ),
        );
        const sequence = sequenceOf(trace);
        for (const isOpen of [true, false]) {
          const rows = sequence.rows(() => isOpen);
          let shown = 0;
          const open: number[] = [];
          for (let at = 0; at < rows.count; at++) {
            const { type, call, times, pattern } = rows.at(at);
            expect(times * pattern).to.be.at.least(1);
            if (type === 'return') expect(open.pop()).to.equal(call.index);
            else expect(open.at(-1) ?? -1).to.equal(call.parent);
            if (type === 'call' || type === 'times') {
              shown += times;
              expect(rows.rowOf(call.index)).to.equal(at);
            }
            if (type === 'call' && !call.isLeaf) open.push(call.index);
          }
          expect(open).to.deep.equal([]);
          expect(shown).to.equal(sequence.callCount);
          for (let call = 0; call < sequence.callCount; call++) {
            const { type, call: own } = rows.at(rows.rowOf(call));
            expect(['call', 'times']).to.include(type);
            expect(own.to).to.equal(sequence.call(call).to);
          }
        }
      }),
    );
  });

  it('is written as Mermaid that no name can break', () => {
    const anyName = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('end', 'x\nend', '#;', '%% no', '"]-->a', 'p0->>p1: x'),
    );
    fc.assert(
      fc.property(fc.array(anyName, { minLength: 1, maxLength: 12 }), (names) => {
        const trace = traceOf(
          ran('lead', '', { kind: 'agent', name: names[0]! }),
          ...names.flatMap((name, at) => [
            ran(`t${at}`, 'lead', { kind: 'tool', name, start: at, status: at % 2 ? 'error' : 'ok' }),
          ]),
        );
        const written = mermaidOfSequence(sequenceOf(trace)).trimEnd().split('\n');
        expect(written[0]).to.equal('sequenceDiagram');
        const id = String.raw`(?:start|p\d+)`;
        const said = String.raw`(?:[\p{L}\p{N} .,:_/+-]|#\d+;)+`;
        const statement = new RegExp(
          `^  (?:participant start|participant p\\d+ as ${said}|${id}(?:->>|-x|-->>)[+-]?${id}: ${said}|loop \\d+ times|end)$`,
          'u',
        );
        for (const line of written.slice(1)) expect(line).to.match(statement);
        const count = (word: RegExp): number => written.filter((line) => word.test(line)).length;
        expect(count(/^ {2}loop/)).to.equal(count(/^ {2}end$/));
        const text = sequenceText(sequenceOf(trace));
        expect(text.trimEnd().split('\n')).to.have.length.at.most(names.length + 4);
      }),
    );
  });

  it('is written as text, with what is repeated once', () => {
    const calls = Array.from({ length: 3 }, (_, at) => tool(`t${at}`, 'search', 10 * at, { status: 'error' }));
    expect(sequenceText(sequenceOf(traceOf(ran('root', ''), lead, ...calls, llm('ask', 50))))).to.equal(
      [
        'start -> agent "lead": "lead", 900 ms',
        '  3 times:',
        '    agent "lead" -> tool "search": "search", 3 errors, 15 ms',
        '  agent "lead" -> llm "gpt": "ask", 5 ms',
        '',
      ].join('\n'),
    );
  });
});
