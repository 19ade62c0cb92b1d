import { expect } from '@open-wc/testing';
import { readTraces } from '../formats/index.js';
import type { RecordedSpan, Span, SpanKind } from '../model/index.js';
import { toOtlp } from './otlp.js';

const START = 1_767_268_800_000;

const span: RecordedSpan = {
  traceId: '5b8efff798038103d269b633813fc60c',
  id: 'eee19b7ec3c1b174',
  name: 'work',
  kind: 'llm',
  start: START,
  end: START + 100,
};

interface Attribute {
  key: string;
}

/** What is not for Phoenix: it reads OpenInference's names only. */
const OTHERS = /^(gen_ai\.|llm_trace\.|user\.id$|error\.)/;

/** A span as a reader finds it that knows no other attributes than OpenInference's. */
async function asPhoenixReads(recorded: RecordedSpan): Promise<Span> {
  const document = toOtlp([recorded], { openInference: true }) as {
    resourceSpans: { scopeSpans: { spans: { attributes: Attribute[] }[] }[] }[];
  };
  const [written] = document.resourceSpans[0]!.scopeSpans[0]!.spans;
  written!.attributes = written!.attributes.filter(({ key }) => !OTHERS.test(key));
  const [trace] = await readTraces(document);
  return trace!.spans.at(0)!;
}

describe('OpenInference attributes', () => {
  it('say all of a call of a model', async () => {
    const call: RecordedSpan = {
      ...span,
      model: 'gpt-5',
      provider: 'openai',
      sessionId: 's-1',
      cost: 0.25,
      usage: {
        input: 10,
        output: 5,
        total: 15,
        cacheRead: 4,
        cacheWrite: 1,
        reasoning: 2,
        audioInput: 3,
        audioOutput: 1,
      },
      parameters: { temperature: 0.5, stop: ['a'] },
      tools: [{ name: 'weather', description: 'Tells the weather.', parameters: { type: 'object' } }],
      messages: [
        { role: 'system', origin: 'input', parts: [{ type: 'text', text: 'Be brief.' }] },
        {
          role: 'user',
          origin: 'input',
          parts: [
            { type: 'text', text: 'Weather?' },
            { type: 'media', modality: 'image', uri: 'https://example.com/sky.png' },
          ],
        },
        {
          role: 'assistant',
          origin: 'input',
          parts: [
            { type: 'tool-call', id: 'c1', name: 'weather', arguments: { city: 'Oslo' } },
            { type: 'tool-call', id: 'c2', name: 'weather', arguments: { city: 'Bergen' } },
          ],
        },
        { role: 'tool', origin: 'input', parts: [{ type: 'tool-result', id: 'c1', result: 'rain' }] },
        { role: 'assistant', origin: 'output', parts: [{ type: 'text', text: 'Rain.' }] },
      ],
    };
    const read = await asPhoenixReads(call);
    expect([read.kind, read.model, read.provider, read.cost, read.trace.sessionId]).to.deep.equal([
      'llm',
      'gpt-5',
      'openai',
      0.25,
      's-1',
    ]);
    expect(read.usage).to.deep.equal(call.usage);
    expect(Object.fromEntries(read.parameters)).to.deep.equal(call.parameters);
    expect(read.messages).to.deep.equal(call.messages);
    expect(read.tools).to.deep.equal(call.tools);
  });

  it('say what every kind of work is, went in and came out', async () => {
    const documents = [{ id: 'd-1', content: 'Fjords', score: 0.5, metadata: { page: 1 } }];
    const cases: [Partial<RecordedSpan> & { kind: SpanKind }, (read: Span) => unknown, unknown][] = [
      [
        { kind: 'chain', input: 'question', output: { answer: 42 } },
        ({ input, output }) => [input, output],
        ['question', { answer: 42 }],
      ],
      [{ kind: 'agent', input: 'task' }, ({ input }) => input, 'task'],
      [
        { kind: 'tool', name: 'weather', input: { city: 'Oslo' }, output: 'rain' },
        ({ input, output }) => [input, output],
        [{ city: 'Oslo' }, 'rain'],
      ],
      [
        { kind: 'retriever', input: 'fjord', documents },
        ({ input, documents: found }) => [input, found],
        ['fjord', documents],
      ],
      [
        { kind: 'reranker', model: 'r', documents, inputDocuments: documents },
        (read) => [read.model, read.documents, read.inputDocuments],
        ['r', documents, documents],
      ],
      [{ kind: 'embedding', model: 'e' }, ({ model }) => model, 'e'],
      [{ kind: 'guardrail', input: 'x' }, ({ input }) => input, 'x'],
      [{ kind: 'evaluator', output: { score: 1 } }, ({ output }) => output, { score: 1 }],
    ];
    for (const [more, look, said] of cases) {
      const read = await asPhoenixReads({ ...span, ...more });
      expect(read.kind).to.equal(more.kind);
      expect(look(read), more.kind).to.deep.equal(said);
    }
    expect((await asPhoenixReads({ ...span, kind: 'span' })).kind).to.equal('chain');
  });
});
