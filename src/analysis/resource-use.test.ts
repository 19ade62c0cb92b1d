import { expect } from '@open-wc/testing';
import { readTraces } from '../formats/index.js';
import type { Trace } from '../model/index.js';
import { resourceUse } from './resource-use.js';

const attribute = (key: string, doubleValue: number): object => ({ key, value: { doubleValue } });

/** A trace of spans with these attributes, one after the other, of a machine with those. */
async function traceOf(spans: readonly (readonly object[])[], resource: readonly object[] = []): Promise<Trace> {
  const [trace] = await readTraces({
    resourceSpans: [
      {
        resource: { attributes: resource },
        scopeSpans: [
          {
            spans: spans.map((attributes, at) => ({
              traceId: 'trace',
              spanId: `${at}`,
              parentSpanId: at ? '0' : '',
              name: 'span',
              startTimeUnixNano: `${1_790_000_000_000_000_000n + BigInt(at)}`,
              endTimeUnixNano: '1790000001000000000',
              attributes,
            })),
          },
        ],
      },
    ],
  });
  return trace!;
}

describe('resource use', () => {
  it('is the most that spans state, in the units of their conventions', async () => {
    const trace = await traceOf([
      [attribute('process.cpu.utilization', 0.25), attribute('process.memory.usage', 1e9)],
      [attribute('process.cpu.utilization', 0.75), attribute('process.memory.usage', 5e8)],
      [attribute('hw.gpu.utilization', 1), attribute('hw.gpu.memory.usage', 8e9)],
    ]);
    expect(resourceUse(trace)).to.deep.equal({ cpu: 0.75, memory: 1e9, gpu: 1, gpuMemory: 8e9 });
  });

  it('is read of a machine that is stated as a resource', async () => {
    const trace = await traceOf([[]], [attribute('cpu.percent', 12.5), attribute('memory.used', 2e9)]);
    expect(resourceUse(trace)).to.deep.equal({ cpu: 0.125, memory: 2e9 });
  });

  it('is not known where nothing states it, nor of what cannot be', async () => {
    expect(resourceUse(await traceOf([[attribute('memory.limit', 5)]]))).to.equal(undefined);
    const strange = [
      attribute('process.cpu.utilization', 87),
      attribute('cpu.percent', -1),
      attribute('memory.used', NaN),
    ];
    expect(resourceUse(await traceOf([strange]))).to.equal(undefined);
  });

  it('reads the first spans of many, and more of them where something is stated', async () => {
    const stating = (...places: number[]): Promise<Trace> =>
      traceOf(Array.from({ length: 40 }, (_, at) => (places.includes(at) ? [attribute('cpu.percent', at)] : [])));
    expect(resourceUse(await stating(10))).to.equal(undefined);
    expect(resourceUse(await stating(4, 10, 30))).to.deep.equal({ cpu: 0.1 });
  });
});
