import { expect } from '@open-wc/testing';
import { array, assert, constantFrom, option, property, record, double, string } from 'fast-check';
import type { StoredSummary } from '../../internal/stored-traces.js';
import { figureOf, listRows, type RowsOptions } from './trace-rows.js';

const trace = (id: string, facts: Partial<StoredSummary> = {}): StoredSummary => ({
  id,
  name: id,
  start: 1000,
  duration: 10,
  spanCount: 1,
  status: 'ok',
  errorCount: 0,
  isRunning: false,
  ...facts,
});

const plain: RowsOptions = {
  query: '',
  orderBy: 'start',
  ascending: false,
  groupBy: undefined,
  only: undefined,
  closed: new Set(),
};
const idsOf = (traces: readonly StoredSummary[], options: Partial<RowsOptions>): (string | undefined)[] =>
  listRows(traces, { ...plain, ...options }).map(({ trace: row, group }) => row?.id ?? `group ${group!.name}`);

describe('rows of a list of traces', () => {
  it('are those that have every word of a search, in name, id, session, user or tags', () => {
    const traces = [
      trace('a', { name: 'Answer' }),
      trace('b', { sessionId: 'Evening' }),
      trace('c', { userId: 'jane', tags: ['prod', 'eu'] }),
    ];
    expect(idsOf(traces, { query: 'ANSW' })).to.deep.equal(['a']);
    expect(idsOf(traces, { query: 'evening' })).to.deep.equal(['b']);
    expect(idsOf(traces, { query: ' eu  jan ' })).to.deep.equal(['c']);
    expect(idsOf(traces, { query: 'eu evening' })).to.deep.equal([]);
    expect(idsOf(traces, { only: new Set(['a', 'c']) })).to.deep.equal(['a', 'c']);
  });

  it('are sorted by a figure, what is not known last either way', () => {
    const traces = [trace('none'), trace('dear', { cost: 2 }), trace('cheap', { cost: 0.1 })];
    expect(idsOf(traces, { orderBy: 'cost' })).to.deep.equal(['dear', 'cheap', 'none']);
    expect(idsOf(traces, { orderBy: 'cost', ascending: true })).to.deep.equal(['cheap', 'dear', 'none']);
    const named = [trace('step 10'), trace('step 2')];
    expect(idsOf(named, { orderBy: 'name', ascending: true })).to.deep.equal(['step 2', 'step 10']);
  });

  it('stand in groups in the order of their first traces, one in each of its tags', () => {
    const traces = [
      trace('a', { start: 3, tags: ['x', 'y'], cost: 1, usage: { total: 5 } }),
      trace('b', { start: 2, tags: ['x'], errorCount: 2 }),
      trace('c', { start: 1 }),
    ];
    const rows = listRows(traces, { ...plain, groupBy: 'tag' });
    expect(idsOf(traces, { groupBy: 'tag' })).to.deep.equal([
      'group x',
      'a',
      'b',
      'group y',
      'a',
      'group undefined',
      'c',
    ]);
    expect(rows[0]!.group).to.include({ errorCount: 2, tokens: 5, cost: 1 });
    expect(rows.at(-2)!.group!.cost).to.equal(undefined);
    expect(new Set(rows.map(({ key }) => key)).size).to.equal(rows.length);
    expect(idsOf(traces, { groupBy: 'tag', closed: new Set(['x', undefined]) })).to.deep.equal([
      'group x',
      'group y',
      'a',
      'group undefined',
    ]);
    const models = [trace('m', { models: [{ model: 'small' }, { model: 'large' }] })];
    expect(idsOf(models, { groupBy: 'model' })).to.deep.equal(['group small', 'm', 'group large', 'm']);
  });

  it('are every trace once, in order, whatever they state', () => {
    const facts = record({
      start: constantFrom(0, 1, 2, 5),
      cost: option(double({ min: 0, max: 9, noNaN: true }), { nil: undefined }),
      sessionId: option(string({ maxLength: 2 }), { nil: undefined }),
    });
    assert(
      property(array(facts, { maxLength: 40 }), constantFrom('start', 'cost', 'duration'), (all, orderBy) => {
        const traces = all.map((one, at) => trace(`${at}`, one as Partial<StoredSummary>));
        const rows = listRows(traces, { ...plain, orderBy });
        expect(rows.map(({ trace: row }) => row!.id).sort()).to.deep.equal(traces.map(({ id }) => id).sort());
        const figures = rows.map(({ trace: row }) => figureOf(row!, orderBy));
        figures.forEach((figure, at) => {
          const next = figures[at + 1];
          if (next === undefined || Number.isNaN(next)) return;
          expect(figure).to.be.at.least(next);
        });
        const grouped = listRows(traces, { ...plain, orderBy, groupBy: 'session' });
        expect(grouped.filter(({ trace: row }) => row)).to.have.length(traces.length);
        expect(new Set(grouped.map(({ key }) => key)).size).to.equal(grouped.length);
      }),
    );
  });
});
