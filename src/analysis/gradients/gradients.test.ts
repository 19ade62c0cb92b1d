import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import {
  packArray,
  unpackArray,
  type InternalsGradients,
  type MaybeNumber,
  type PackedArray,
} from '../../internals/index.js';
import { atOnce } from '../../model/index.js';
import { flaggedRows, GRADIENT_STATES, gradientTableInSteps, layerOf, rowOrder, type GradientTable } from './index.js';

type Options = Parameters<typeof gradientTableInSteps>[1];

const gradientsOf = (rows: Readonly<Record<string, readonly MaybeNumber[]>>): InternalsGradients => {
  const columns = Object.values(rows);
  return {
    metric: 'l2',
    steps: columns[0]!.map((_, at) => at),
    params: Object.keys(rows),
    values: columns[0]!.map((_, at) => columns.map((column) => column[at]!)),
  };
};

const tableOf = (gradients: InternalsGradients, options?: Options): GradientTable =>
  atOnce(gradientTableInSteps(gradients, options));

/** A letter for each state: `.` normal, `-` missing, else as it begins. */
const statesOf = ({ states, steps, rows }: GradientTable): string[] =>
  rows.map((_, row) =>
    Array.from(states.subarray(row * steps.length, (row + 1) * steps.length), (code) => {
      const state = GRADIENT_STATES[code]!;
      return state === 'normal' ? '.' : state === 'missing' ? '-' : state === 'nan' ? 'N' : state[0]!;
    }).join(''),
  );

const flat = (norm: number, count: number): number[] => Array.from({ length: count }, () => norm);

describe('gradients', () => {
  it('are flagged by the rules: no number, above 100, a jump, far below the others, 0 for three steps', () => {
    const table = tableOf(
      gradientsOf({
        fine: [...flat(1, 8), 9, 101],
        jump: [...flat(0.5, 6), 5.1, 0.5, 0.5, 0.5],
        early: [0.1, 0.1, 0.1, 0.1, 5, 0.1, 0.1, 0.1, 0.1, 0.1],
        tiny: [1e-5, ...flat(2e-4, 8), 2e-4],
        dead: [1, 0, 0, 1, 0, 0, null, 0, 0, 1],
        odd: ['NaN', 'Infinity', '-Infinity', null, ...flat(1, 6)],
      }),
    );
    expect(statesOf(table)).to.deep.equal([
      '.........e',
      '......e...',
      '..........',
      'v...v.v.vv',
      '.vv.dd-dd.',
      'NNN-......',
    ]);
    const flagged = flaggedRows(table);
    expect([...flagged.keys()]).to.deep.equal(['nan', 'exploding', 'dead', 'vanishing']);
    expect(flagged.get('vanishing')!.map(({ name }) => name)).to.deep.equal(['tiny', 'dead']);
    expect(GRADIENT_STATES[table.worst[0]!]).to.equal('nan');
    expect(GRADIENT_STATES[table.worst[6]!]).to.equal('exploding');
  });

  it('are flagged by other thresholds, or as the record says', () => {
    const gradients = gradientsOf({ one: [1, 1, 0.1], two: [1, 0, 50] });
    expect(statesOf(tableOf(gradients))).to.deep.equal(['...', '.v.']);
    const rules = { explodingNorm: 10, explodingFactor: 10, vanishingRatio: 0.01, deadSteps: 1 };
    expect(statesOf(tableOf(gradients, { rules }))).to.deep.equal(['..v', '.de']);
    const stated = { ...gradients, flags: [{ step: 1, param: 'one', kind: 'dead' as const }] };
    const table = tableOf(stated);
    expect(statesOf(table)).to.deep.equal(['.d.', '...']);
    expect(table.isStated).to.equal(true);
    expect(statesOf(tableOf({ ...gradients, metric: 'update_ratio' }, { rules }))[1]).to.equal('.d.');
  });

  it('of a layer are those of its parameters together', () => {
    expect(['h.0.attn.weight', 'dense_1/kernel', 'layer.11.b', 'bias', '0.weight', 'a.b.c'].map(layerOf)).to.deep.equal(
      ['h.0', 'dense_1', 'layer.11', 'bias', '0', 'a.b'],
    );
    const gradients = gradientsOf({ 'a/kernel': [3, null], 'b/kernel': [1, 'NaN'], 'a/bias': [4, null] });
    const table = tableOf(gradients, { isGrouped: true });
    expect(table.rows.map(({ name }) => name)).to.deep.equal(['a', 'b']);
    expect(table.values[0]).to.equal(5);
    expect(statesOf(table)).to.deep.equal(['.-', '.N']);
    expect(tableOf({ ...gradients, metric: 'max' }, { isGrouped: true }).values[0]).to.equal(4);
    const stated = { ...gradients, flags: [{ step: 0, param: 'a/bias', kind: 'exploding' as const }] };
    expect(statesOf(tableOf(stated, { isGrouped: true }))).to.deep.equal(['e-', '.N']);
  });

  it('without layers are one row; rows are put in the order of their greatest norm, what is no number first', () => {
    const table = tableOf({ metric: 'l2', steps: [0, 1], params: [], values: [[], []], global: [1, 'NaN'] });
    expect([table.isGlobal, ...statesOf(table)]).to.deep.equal([true, '.N']);
    const order = rowOrder(tableOf(gradientsOf({ a: [1], b: [null], c: [50], d: ['NaN'], e: [50] })), 'greatest');
    expect(order).to.deep.equal([3, 2, 4, 0, 1]);
  });

  it('have a scale of powers of ten that one spike does not take', () => {
    const norms = Array.from({ length: 300 }, (_, at) => (at === 7 ? 1e30 : 0.02));
    expect(tableOf(gradientsOf({ a: norms })).decades).to.deep.equal([-2, -1]);
    expect(tableOf(gradientsOf({ a: [2e-320, 1e300, 0, -1] })).decades).to.deep.equal([-320, 301]);
    expect(tableOf(gradientsOf({ a: [0, 'NaN'] })).decades).to.deep.equal([-1, 0]);
  });

  it('that a packed array leaves out were not captured; its NaN is no number', async () => {
    const facts = { shape: [2, 2], dtype: 'f32', enc: 'json' } as const;
    const arrays = [
      { ...facts, layout: 'coo', data: [1, 'NaN'], index: [0, 2] },
      { ...facts, data: [1, null, 'NaN', null] },
    ] as unknown as PackedArray[];
    for (const values of arrays) {
      const unpacked = await unpackArray(values);
      const table = tableOf({ metric: 'l2', steps: [0, 1], params: ['a', 'b'], values }, { unpacked });
      expect(statesOf(table)).to.deep.equal(['.N', '--']);
    }
  });

  it('are the same from a list and from a packed array, and every norm is somewhere', async () => {
    const norm = fc.oneof(fc.double({ min: 0, max: 1e6, noNaN: true }), fc.constant(0)).map(Math.fround);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 90 }),
        fc.infiniteStream(norm),
        async (width, count, stream) => {
          const numbers = [...stream.take(width * count)];
          const params = Array.from({ length: width }, (_, at) => `p${at}`);
          const steps = Array.from({ length: count }, (_, at) => at);
          const values = steps.map((step) => numbers.slice(step * width, (step + 1) * width));
          const listed = tableOf({ metric: 'l2', steps, params, values });
          const packed = await packArray(numbers, [count, width], { dtype: 'f32' });
          const table = tableOf(
            { metric: 'l2', steps, params, values: packed },
            { unpacked: await unpackArray(packed) },
          );
          expect([...table.values]).to.deep.equal([...listed.values]);
          expect([...table.states]).to.deep.equal([...listed.states]);
          for (const { counts, greatest } of table.rows) {
            expect(counts.reduce((sum, one) => sum + one, 0)).to.equal(count);
            expect(numbers).to.include(greatest);
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});
