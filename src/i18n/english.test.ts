import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { en } from './en.js';
import {
  englishCompact,
  englishCount,
  englishMoment,
  englishNumber,
  englishPercent,
  englishSignificant,
} from './english.js';

const anyNumber = fc.oneof(
  fc.double({ min: -1e7, max: 1e7, noNaN: true }),
  fc.integer({ min: -10_000_000, max: 10_000_000 }).map((value) => value / 1000),
);

describe('English without Intl', () => {
  it('has the numbers of Intl', () => {
    fc.assert(
      fc.property(anyNumber, fc.nat({ max: 4 }), fc.nat({ max: 4 }), (value, one, other) => {
        const [least, most] = [Math.min(one, other), Math.max(one, other)];
        const format = new Intl.NumberFormat('en', { minimumFractionDigits: least, maximumFractionDigits: most });
        const text = englishNumber(value, least, most);
        if (text !== undefined) expect(text).to.equal(format.format(value));
      }),
    );
  });

  it('has whole counts and shares of Intl', () => {
    const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 0 });
    fc.assert(
      fc.property(fc.nat(), fc.double({ min: -20, max: 20, noNaN: true }), (count, share) => {
        expect(englishCount(count)).to.equal(count.toLocaleString('en'));
        const text = englishPercent(share);
        if (text !== undefined) expect(text).to.equal(percent.format(share));
      }),
    );
    for (const count of [NaN, Infinity, 1e20]) expect(englishCount(count)).to.equal(count.toLocaleString('en'));
    expect(englishPercent(0.285)).to.equal('29%');
  });

  it('has the ordinals of Intl', () => {
    const rules = new Intl.PluralRules('en', { type: 'ordinal' });
    const endings: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd', other: 'th' };
    for (let number = 1; number <= 1200; number++)
      expect(en.nthTry(number)).to.equal(`${number.toLocaleString('en')}${endings[rules.select(number)]!} try`);
  });

  it('has the counts of Intl', () => {
    const format = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 100_000_000 }), (value) => {
        expect(englishCompact(value)).to.equal(format.format(value).replace('K', 'k'));
      }),
    );
    for (const value of [999_949, 999_950, 1e9, 999_950_000_000])
      expect(englishCompact(value)).to.equal(format.format(value).replace('K', 'k'));
  });

  it('has the significant digits of Intl', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.00001, max: 0.9994, noNaN: true }), (value) => {
        for (const most of [2, 3]) {
          const options = { minimumSignificantDigits: 2, maximumSignificantDigits: most };
          const text = englishSignificant(value, 2, most);
          if (text !== undefined) expect(text).to.equal(new Intl.NumberFormat('en', options).format(value));
        }
      }),
    );
  });

  it('leaves numbers to Intl that it cannot write', () => {
    for (const value of [NaN, Infinity, 1e22, 1e-9]) expect(englishNumber(value, 0, 2)).to.equal(undefined);
    for (const value of [0, 1, 999.5, 1_234_567.89]) expect(englishNumber(value, 0, 2)).to.be.a('string');
  });

  it('has the moments of Intl', () => {
    const options: Intl.DateTimeFormatOptions = {
      year: 'numeric',
      month: 'short',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    };
    const whole = new Intl.DateTimeFormat('en', options);
    const precise = new Intl.DateTimeFormat('en', { ...options, fractionalSecondDigits: 3 });
    const anyTime = fc.integer({ min: Date.UTC(1901), max: Date.UTC(2500) });
    fc.assert(
      fc.property(anyTime, (time) => {
        expect(englishMoment(time, false)).to.equal(whole.format(time));
        expect(englishMoment(time, true)).to.equal(precise.format(time));
      }),
    );
    expect(englishMoment(8.64e15, false)).to.equal(undefined);
  });
});
