import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { anyJson } from '../test/format-checks.js';
import { readTraces, TraceReadError } from './index.js';

/** How many values of each sort are tried. */
const RUNS = 10_000;

/** The first items of every list, so that a copy costs little. */
function shortened(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown) => (Array.isArray(value) ? value.slice(0, 2) : value)) as unknown;
}

async function recordings(): Promise<unknown[]> {
  const [own, vendors] = await Promise.all(
    ['/demo/traces/', '/demo/traces/vendors/'].map(async (folder) => {
      const index = (await (await fetch(`${folder}index.json`)).json()) as { file: string }[];
      return Promise.all(index.map(async ({ file }) => (await fetch(`${folder}${file}`)).text()));
    }),
  );
  return [...own!, ...vendors!].map((text) => {
    try {
      return shortened(text);
    } catch {
      return text.split('\n').filter(Boolean).slice(0, 3).map(shortened);
    }
  });
}

/** Every place in a value, as the object that holds it and the key there. */
function placesIn(value: unknown): [Record<string, unknown>, string][] {
  const places: [Record<string, unknown>, string][] = [];
  const waiting = [value];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    for (const key of Object.keys(next)) {
      places.push([next as Record<string, unknown>, key]);
      waiting.push((next as Record<string, unknown>)[key] ?? undefined);
    }
  }
  return places;
}

/** Reads a value and opens what was read; anything but a typed error is a fault. */
async function readAndOpen(value: unknown): Promise<void> {
  const traces = await readTraces(value).catch((error: unknown) => {
    if (error instanceof TraceReadError) return [];
    throw error;
  });
  for (const trace of traces) {
    for (const span of trace.spans) {
      if (span.index > 3) break;
      expect([span.messages, span.documents, span.parameters, span.attributes, span.exceptions]).to.have.length(5);
    }
    expect(() => trace.usage).not.to.throw();
  }
}

describe('reading what nobody wrote', () => {
  it(`takes ${RUNS} random JSON values without a fault, and takes none of them for a trace`, async function () {
    this.timeout(120_000);
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(anyJson(3), async (value) => {
        await readTraces(value).then(
          () => taken++,
          (error: unknown) => {
            if (!(error instanceof TraceReadError)) throw error;
          },
        );
      }),
      { numRuns: RUNS },
    );
    expect(taken).to.equal(0);
  });

  it(`takes ${RUNS} damaged recordings without a fault`, async function () {
    this.timeout(180_000);
    const originals = (await recordings()).map((value) => JSON.stringify(value)).filter((text) => text.length < 40_000);
    expect(originals.length).to.be.greaterThan(5);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.array(fc.tuple(fc.nat(), anyJson(2)), { minLength: 1, maxLength: 4 }),
        async (which, damages) => {
          const value = JSON.parse(originals[which % originals.length]!) as unknown;
          for (const [place, damage] of damages) {
            const places = placesIn(value);
            const found = places[place % places.length];
            if (found) found[0][found[1]] = damage;
          }
          await readAndOpen(value);
        },
      ),
      { numRuns: RUNS },
    );
  });
});
