import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { stageFigures, stagesOf } from '../../analysis/index.js';
import { csvRows } from '../csv.js';
import { readTraces } from '../index.js';

const VIDUR = `Request Id,request_e2e_time,request_scheduling_delay,prefill_e2e_time,decode_time_execution_plus_preemption_normalized,request_inter_arrival_delay,request_num_prefill_tokens,request_num_decode_tokens
0,2.5,0.1,0.5,0.02,,100,101
1,3,0.2,0.7,0.023,0.25,50,100
`;

const SERVING_SIM = `instance id,request id,model,input,output,arrival,end_time,latency,queuing_delay,TTFT,TPOT,ITL\r
0,0,meta-llama/Llama-3.1-8B,10,3,46926808,831688140,784761332,192,10987194,11214117,"[11144002, 11284232]"\r
`;

describe('tables of simulators', () => {
  it('of Vidur are requests with their stages, one after the other as they arrive', async () => {
    const [trace] = await readTraces(VIDUR);
    expect(trace!.format).to.equal('vidur-requests');
    const [first, second] = [trace!.spans.at(0)!, trace!.spans.at(1)!];
    expect(first.duration).to.equal(2500);
    expect(second.start - first.start).to.equal(250);
    expect(first.usage).to.include({ input: 100, output: 101 });
    const [record] = stagesOf(first);
    expect(record!.measuredBy).to.equal('simulated');
    expect(record!.stages.map(({ stage, start, end }) => `${stage} ${start}–${end}`)).to.deep.equal([
      'queue 0–100',
      'prefill 100–500',
      'decode 500–2500',
    ]);
    expect(record!.figures.get('tpot')).to.deep.include({ value: 20, isDerived: false });
    const ttft = stageFigures(trace!.spans).latencies.find(({ name }) => name === 'ttft')!;
    expect([ttft.count, ttft.p50, ttft.max]).to.deep.equal([2, 500, 700]);
  });

  it('of Vidur without arrivals have no start, and their stages all the same', async () => {
    const [trace] = await readTraces(VIDUR.replaceAll('request_inter_arrival_delay', 'other').replace(',0.25,', ',x,'));
    expect(trace!.spans.at(1)!.hasStart).to.equal(false);
    expect(stagesOf(trace!.spans.at(1)!)).to.have.length(1);
  });

  it('of LLMServingSim are requests with the gaps between their tokens', async () => {
    const [trace] = await readTraces(SERVING_SIM);
    expect(trace!.format).to.equal('llm-serving-sim');
    const span = trace!.spans.at(0)!;
    expect(span.model).to.equal('meta-llama/Llama-3.1-8B');
    const [record] = stagesOf(span);
    expect(Array.from(record!.arrivals!.times, (time) => +time.toFixed(6))).to.deep.equal([
      10.987194, 22.131196, 33.415428,
    ]);
    expect(record!.figures.get('ttft')!.value).to.be.closeTo(10.987194, 1e-9);
    expect(record!.figures.get('queue')!.value).to.be.closeTo(0.000192, 1e-9);
    expect(record!.stages.map(({ stage, on }) => `${stage} ${on}`)).to.deep.equal([
      'queue instance 0',
      'prefill instance 0',
      'decode instance 0',
    ]);
  });
});

describe('comma-separated text', () => {
  it('gives back every field that was written', () => {
    const field = fc.string().map((text) => `x${text.replace(/[\s\0]/g, ' ').trim()}`);
    fc.assert(
      fc.property(fc.array(fc.array(field, { minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: 5 }), (rows) => {
        const quoted = rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(','));
        const read = csvRows(`a,b,__proto__,d\n${quoted.join('\n')}\n`);
        expect(read?.map((row) => Object.values(row) as unknown[])).to.deep.equal(
          rows.map((row) => row.map((text) => text.trim())),
        );
      }),
      { numRuns: 100 },
    );
  });

  it('is none where there is no table: prose, JSON, rows of other lengths', () => {
    for (const text of [
      'a, b, c',
      'One, two, three, four\nwords',
      '{"a":1,"b":2,"c":3,"d":4}',
      'a,b,c,d\n1,2,3',
      '1,2,3,4\n1,2,3,4',
      'a,b,c,d',
      'a,a,b,c\n1,2,3,4',
    ]) {
      expect(csvRows(text), text).to.equal(undefined);
    }
    expect(csvRows('a,b,c,d\n1,"2\n3",,12345678901234567890')).to.deep.equal([
      { a: 1, b: '2\n3', d: '12345678901234567890' },
    ]);
  });

  it('with a quote that does not end is read to its end, and ends', () => {
    expect(csvRows('a,b,c,d\n1,2,3,"4')).to.deep.equal([{ a: 1, b: 2, c: 3, d: 4 }]);
    expect(csvRows('a,b,c,d\n"1,2,3,4')).to.equal(undefined);
  });
});
