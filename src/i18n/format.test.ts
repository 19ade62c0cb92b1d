import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import {
  formatBytes,
  formatCompact,
  formatCost,
  formatDuration,
  formatMoment,
  formatNumber,
  formatPercent,
} from './format.js';

/** One test a row of `[value, text]`. */
function rows<T>(format: (value: T) => string, expected: readonly (readonly [T, string])[]): void {
  for (const [value, text] of expected) it(`${value} is “${text}”`, () => expect(format(value)).to.equal(text));
}

describe('formatDuration', () => {
  rows((ms: number) => formatDuration(ms, 'en'), [
    [0, '0 ms'],
    [0.000001, '1 ns'],
    [0.000042, '42 ns'],
    [0.000999, '999 ns'],
    [0.0009996, '1.0 µs'],
    [0.0994, '99.4 µs'],
    [0.09994, '99.9 µs'],
    [0.09996, '100 µs'],
    [0.34, '340 µs'],
    [0.9994, '999 µs'],
    [0.9996, '1.0 ms'],
    [9.94, '9.9 ms'],
    [9.96, '10 ms'],
    [156, '156 ms'],
    [999.4, '999 ms'],
    [999.6, '1.00 s'],
    [4210, '4.21 s'],
    [59_994, '59.99 s'],
    [59_996, '1 min 0 s'],
    [200_000, '3 min 20 s'],
    [3_599_400, '59 min 59 s'],
    [3_599_600, '1 h 0 min'],
    [7_500_000, '2 h 5 min'],
    [86_340_000, '23 h 59 min'],
    [86_390_000, '1 d 0 h'],
    [100 * 86_400_000 + 3 * 3_600_000, '100 d 3 h'],
    [-156, '−156 ms'],
    [NaN, ''],
    [Infinity, ''],
  ]); // prettier-ignore

  it('is never off by more than its last digit, and never 0 for what is not', () => {
    const UNITS: Record<string, number> = { ns: 1e-6, µs: 1e-3, ms: 1, s: 1e3, min: 6e4, h: 3.6e6, d: 8.64e7 };
    fc.assert(
      fc.property(fc.double({ min: 0.00001, max: 1e12, noNaN: true }), (ms) => {
        const words = formatDuration(ms, 'en').replaceAll(',', '').split(' ');
        let read = 0;
        for (let at = 0; at < words.length; at += 2) read += Number(words[at]) * UNITS[words[at + 1]!]!;
        expect(read).to.be.greaterThan(0);
        expect(Math.abs(read - ms) / ms).to.be.below(0.06);
      }),
    );
  });
});

describe('formatCompact', () => {
  rows((value: number) => formatCompact(value, 'en'), [
    [0, '0'],
    [186, '186'],
    [999, '999'],
    [1000, '1k'],
    [4100, '4.1k'],
    [14_449, '14.4k'],
    [999_949, '999.9k'],
    [999_950, '1M'],
    [1_200_000, '1.2M'],
  ]); // prettier-ignore
});

describe('formatCost', () => {
  rows((dollars: number) => formatCost(dollars, 'en'), [
    [0, '$0.00'],
    [12.4, '$12.40'],
    [1, '$1.00'],
    [0.9996, '$1.00'],
    [0.0213, '$0.0213'],
    [0.01, '$0.010'],
    [0.00994, '$0.0099'],
    [0.000031, '$0.000031'],
    [1234.5, '$1,234.50'],
  ]); // prettier-ignore
});

describe('formatBytes', () => {
  rows((bytes: number) => formatBytes(bytes, 'en'), [
    [0, '0 B'],
    [820, '820 B'],
    [999, '999 B'],
    [1000, '1 KB'],
    [34_000, '34 KB'],
    [999_499, '999 KB'],
    [999_500, '1 MB'],
    [5_200_000, '5.2 MB'],
    [999_499_999, '999 MB'],
    [999_500_000, '1 GB'],
  ]); // prettier-ignore
});

describe('formatNumber and formatPercent', () => {
  rows((value: number) => formatNumber(value, 'en'), [[1234.56789, '1,234.5679'], [0.1, '0.1'], [5, '5']]); // prettier-ignore
  rows((value: number) => formatPercent(value, 'en'), [[0, '0%'], [0.404, '40%'], [1, '100%']]); // prettier-ignore

  it('follow the locale', () => {
    expect(formatNumber(1234.5, 'de')).to.equal('1.234,5');
    expect(formatDuration(4210, 'de')).to.equal('4,21 s');
  });
});

describe('formatMoment', () => {
  it('tells the moment in the reader’s own time zone, to the millisecond where that is wanted', () => {
    const moment = new Date(2026, 0, 2, 3, 4, 5, 67).getTime();
    expect(formatMoment(moment, { locale: 'en' }))
      .to.contain('2026')
      .and.to.contain('03:04:05')
      .and.not.to.contain('067');
    expect(formatMoment(moment, { locale: 'en' }, true)).to.contain('03:04:05.067');
  });

  it('says nothing of a time that is no time', () => {
    for (const time of [NaN, Infinity, 8.65e15, -8.65e15]) expect(formatMoment(time, { locale: 'en' })).to.equal('');
    expect(formatMoment(8.64e15, { locale: 'en' })).to.not.equal('');
  });
});
