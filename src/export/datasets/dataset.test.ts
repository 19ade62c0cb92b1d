import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import type { Payload, RecordedSpan } from '../../model/index.js';
import { answered, recordedTrace } from '../../test/recorded-trace.js';
import { datasetExamples, datasetShapes, readDataset, toDataset, type DatasetExample } from './index.js';

const ID = 'a'.repeat(16);
const ORIGIN = { trace_id: 'a'.repeat(32), span_id: ID, span_name: 'chat', span_kind: 'llm' };

const exampleOf = (span: Partial<RecordedSpan>, options = {}): DatasetExample | undefined =>
  datasetExamples(recordedTrace({ id: ID, name: 'chat', ...span }).spans, options)[0];

describe('datasetExamples', () => {
  it('makes a call of a model a chat, with where it comes from', () => {
    const trace = recordedTrace({ ...answered(ID, 'At customs.'), model: 'gpt-4o' });
    const [example] = datasetExamples(trace.spans, { expected: () => 'In Rome.', metadata: () => ({ split: 'test' }) });
    expect(example).to.deep.equal({
      input: { messages: [{ role: 'user', content: 'Where is my parcel?' }] },
      output: { role: 'assistant', content: 'At customs.' },
      expected: 'In Rome.',
      metadata: { ...ORIGIN, model: 'gpt-4o', split: 'test' },
    });
  });

  it('takes input and output of other spans as they are, and never what came out for what is expected', () => {
    expect(exampleOf({ kind: 'retriever', input: 'customs', output: ['d1'] })).to.deep.equal({
      input: 'customs',
      output: ['d1'],
      metadata: { ...ORIGIN, span_kind: 'retriever' },
    });
    expect(exampleOf({ output: 'x' })).to.equal(undefined);
  });

  it('writes tools, pictures and refusals as chat completions do, and leaves out reasoning', () => {
    const example = exampleOf({
      messages: [
        {
          role: 'user',
          origin: 'input',
          parts: [
            { type: 'text', text: 'What is it?' },
            { type: 'media', modality: 'image', mimeType: 'image/png', data: 'AAAA' },
            { type: 'media', modality: 'audio', mimeType: 'audio/wav', data: 'BBBB' },
            { type: 'media', modality: 'file', mimeType: 'application/pdf', name: 'a.pdf' },
          ],
        },
        {
          role: 'assistant',
          origin: 'input',
          parts: [
            { type: 'reasoning', text: 'Hm.' },
            { type: 'tool-call', id: 'c1', name: 'look', arguments: { at: 1 } },
          ],
        },
        { role: 'tool', origin: 'input', parts: [{ type: 'tool-result', id: 'c1', result: { is: 'a cat' } }] },
        { role: 'assistant', origin: 'output', parts: [{ type: 'refusal', text: 'No.' }] },
      ],
    });
    expect(example!.input).to.deep.equal({
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is it?' },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
            { type: 'input_audio', input_audio: { data: 'BBBB', format: 'wav' } },
            { type: 'text', text: '[file application/pdf a.pdf]' },
          ],
        },
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: 'c1', type: 'function', function: { name: 'look', arguments: '{"at":1}' } }],
        },
        { role: 'tool', content: '{"is":"a cat"}', tool_call_id: 'c1' },
      ],
    });
    expect(example!.output).to.deep.equal({ role: 'assistant', content: null, refusal: 'No.' });
  });
});

describe('toDataset', () => {
  const chat: DatasetExample = {
    input: { messages: [{ role: 'user', content: 'Hi' }] },
    output: 'Ho',
    expected: 'Hello',
    metadata: { split: 'test' },
  };
  const bare: DatasetExample = { input: 'customs' };
  const lines = (shape: string): unknown[] =>
    toDataset([chat, bare], shape)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);

  it('writes samples of OpenAI Evals', () => {
    expect(lines('openai-evals')).to.deep.equal([
      { input: [{ role: 'user', content: 'Hi' }], ideal: 'Hello', metadata: { split: 'test', output: 'Ho' } },
      { input: 'customs', metadata: {} },
    ]);
  });

  it('writes rows of the evals API', () => {
    expect(lines('openai-eval-items')).to.deep.equal([{ item: chat }, { item: bare }]);
  });

  it('writes examples of LangSmith', () => {
    expect(lines('langsmith')).to.deep.equal([
      {
        inputs: { messages: [{ role: 'user', content: 'Hi' }] },
        outputs: { output: 'Hello' },
        metadata: { split: 'test', output: 'Ho' },
      },
      { inputs: { input: 'customs' }, metadata: {} },
    ]);
  });

  it('writes examples of Phoenix', () => {
    expect(lines('phoenix')).to.deep.equal([
      {
        input: { messages: [{ role: 'user', content: 'Hi' }] },
        output: { output: 'Hello' },
        metadata: { split: 'test', output: 'Ho' },
      },
      { input: { input: 'customs' }, output: {}, metadata: {} },
    ]);
  });

  it('names the shapes that there are', () => {
    expect(() => toDataset([], 'csv')).to.throw(RangeError, 'openai-evals, openai-eval-items, langsmith, phoenix');
  });
});

/** Objects as tools and wrappers could have them. */
const fields = fc.dictionary(fc.constantFrom('input', 'output', 'messages', 'a', '__proto__'), fc.jsonValue(), {
  maxKeys: 3,
  noNullPrototype: true,
});
const anything: fc.Arbitrary<Payload> = fc.oneof(fc.string(), fc.jsonValue() as fc.Arbitrary<Payload>, fields);
/** What the Evals framework has words for. */
const messages = fc.array(fc.record({ role: fc.string(), content: fc.string() })).map((list) => ({ messages: list }));
const ideal = fc.oneof(fc.string(), fc.array(fc.string()));

const example = (input: fc.Arbitrary<Payload>, expected: fc.Arbitrary<Payload>): fc.Arbitrary<DatasetExample> =>
  fc.record(
    {
      input,
      output: anything,
      expected,
      metadata: fc.dictionary(fc.constantFrom('split', 'input', '__proto__'), fc.jsonValue(), { minKeys: 1, noNullPrototype: true }), // prettier-ignore
    },
    { requiredKeys: ['input'] },
  ) as fc.Arbitrary<DatasetExample>;

/** As JSON has it. */
const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

describe('readDataset', () => {
  for (const { name } of datasetShapes) {
    const isEvals = name === 'openai-evals';
    const any = isEvals ? example(fc.oneof(fc.string(), messages), ideal) : example(anything, anything);
    it(`reads back what was written for ${name}`, () => {
      fc.assert(
        fc.property(fc.array(any, { maxLength: 4 }), (examples) => {
          const read = readDataset(toDataset(examples, name), name);
          expect(read).to.deep.equal({ examples: plain(examples), unread: [] });
        }),
        { numRuns: 200 },
      );
    });

    it(`tells which lines hold no example of ${name}, and reads the others`, () => {
      const good = toDataset([{ input: 'x' }], name);
      const read = readDataset(`{"broken\n\n[1]\n${good}\n{"other": 1}\nnull`, name);
      expect(read.examples).to.deep.equal([{ input: 'x' }]);
      expect(read.unread).to.deep.equal([1, 3, 6, 7]);
      fc.assert(fc.property(fc.string(), (text) => readDataset(text, name).examples.length >= 0));
    });
  }

  it('keeps what the Evals framework has no word for as JSON text', () => {
    const text = toDataset([{ input: { a: 1 }, expected: { role: 'assistant', content: 'Hi' } }], 'openai-evals');
    expect(JSON.parse(text)).to.deep.equal({ input: '{"a":1}', ideal: 'Hi', metadata: {} });
  });
});
