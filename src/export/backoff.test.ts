import { expect } from '@open-wc/testing';
import { Backoff, retryAfter } from './backoff.js';

describe('Backoff', () => {
  it('waits twice as long after each failure, by chance, up to a limit', () => {
    const backoff = new Backoff({ first: 100, last: 500 });
    for (const most of [100, 200, 400, 500, 500]) {
      backoff.failed();
      const pauses = Array.from({ length: 50 }, () => backoff.pause);
      expect(Math.min(...pauses)).to.be.at.least(most / 2);
      expect(Math.max(...pauses)).to.be.at.most(most);
      expect(new Set(pauses).size).to.be.greaterThan(1);
    }
    backoff.succeeded();
    expect([backoff.failures, backoff.pause <= 100]).to.deep.equal([0, true]);
  });

  it('waits at least as long as it is asked to', () => {
    const backoff = new Backoff({ first: 100, last: 500 });
    backoff.failed(3000);
    expect(backoff.pause).to.equal(3000);
    backoff.failed();
    expect(backoff.pause).to.be.at.most(200);
  });
});

describe('retryAfter', () => {
  it('takes seconds and dates, and nothing beyond reason', () => {
    const now = Date.parse('2026-01-01T00:00:00Z');
    expect(retryAfter('120', now)).to.equal(120_000);
    expect(retryAfter('Thu, 01 Jan 2026 00:00:05 GMT', now)).to.equal(5000);
    expect(retryAfter('Wed, 31 Dec 2025 00:00:00 GMT', now)).to.equal(0);
    expect(retryAfter('999999', now)).to.equal(600_000);
    expect(retryAfter('soon', now)).to.equal(undefined);
    expect(retryAfter(null, now)).to.equal(undefined);
  });
});
