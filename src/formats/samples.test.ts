import { expect } from '@open-wc/testing';
import type { Span, Trace } from '../model/index.js';
import { plainSpansIn, type PlainSpan } from '../test/plain-spans.js';
import { readTraces } from './read-traces.js';

/** Spans and LLM calls of each sample, as recorded. */
const SAMPLES: Readonly<Record<string, { spans: number; llm: number; errors: number }>> = {
  'rag-kensho': { spans: 5, llm: 1, errors: 0 },
  'agent-tools': { spans: 11, llm: 4, errors: 0 },
  'error-retry': { spans: 9, llm: 4, errors: 2 },
  'nested-agents': { spans: 25, llm: 10, errors: 0 },
  'chat-genai': { spans: 16, llm: 4, errors: 0 },
  'streaming-reasoning': { spans: 5, llm: 2, errors: 0 },
};

const INPUT_KEYS = ['llm.token_count.prompt', 'gen_ai.usage.input_tokens'];
const OUTPUT_KEYS = ['llm.token_count.completion', 'gen_ai.usage.output_tokens'];
const CACHE_KEYS = ['llm.token_count.prompt_details.cache_read', 'gen_ai.usage.cache_read.input_tokens', 'ai.usage.inputTokenDetails.cacheReadTokens']; // prettier-ignore
const REASONING_KEYS = ['llm.token_count.completion_details.reasoning', 'ai.usage.outputTokenDetails.reasoningTokens'];

const figure = ({ attributes }: PlainSpan, keys: readonly string[]): number | undefined => {
  const key = keys.find((name) => attributes[name] !== undefined);
  return key === undefined ? undefined : Number(attributes[key]);
};
const sum = (figures: readonly (number | undefined)[]): number =>
  figures.reduce<number>((total, item) => total + (item ?? 0), 0);

async function sample(name: string): Promise<{ trace: Trace; plain: PlainSpan[] }> {
  const text = await (await fetch(`/demo/traces/${name}.json`)).text();
  const traces = await readTraces(text);
  expect(traces).to.have.length(1);
  return { trace: traces[0]!, plain: plainSpansIn(text) };
}

const ofKind = (trace: Trace, kind: string): Span[] => [...trace.spans].filter((span) => span.kind === kind);

describe('the project’s own samples', () => {
  it('are the ones that are tested here', async () => {
    const listed = (await (await fetch('/demo/traces/index.json')).json()) as { file: string }[];
    expect(listed.map(({ file }) => file.replace('.json', ''))).to.have.members(Object.keys(SAMPLES));
  });

  for (const [name, expected] of Object.entries(SAMPLES)) {
    describe(name, () => {
      it('has every span below one root, and nothing wrong with it', async () => {
        const { trace, plain } = await sample(name);
        expect(plain).to.have.length(expected.spans);
        expect(trace.spans).to.have.length(expected.spans);
        expect(trace.roots).to.have.length(1);
        expect(trace.problems).to.deep.equal([]);
        for (const { id, parentId } of plain) expect(trace.span(id)!.parent?.id ?? '').to.equal(parentId);
      });

      it('has the usage that each LLM call states, and counts it once', async () => {
        const { trace, plain } = await sample(name);
        const calls = plain.filter(({ id }) => trace.span(id)!.kind === 'llm');
        expect(calls).to.have.length(expected.llm);
        for (const call of calls) {
          const { usage } = trace.span(call.id)!;
          expect(usage?.input, call.id).to.equal(figure(call, INPUT_KEYS));
          expect(usage?.output, call.id).to.equal(figure(call, OUTPUT_KEYS));
          expect(usage?.cacheRead ?? 0, call.id).to.equal(figure(call, CACHE_KEYS) ?? 0);
          expect(usage?.reasoning ?? 0, call.id).to.equal(figure(call, REASONING_KEYS) ?? 0);
        }
        const embeddings = plain.filter(({ id }) => trace.span(id)!.kind === 'embedding');
        // A wrapper's figure stands for all within it, which may leave out an embedding call among them.
        expect(trace.usage!.input).to.be.within(
          sum(calls.map((call) => figure(call, INPUT_KEYS))),
          sum([...calls, ...embeddings].map((call) => figure(call, INPUT_KEYS))),
        );
        expect(trace.usage!.output).to.equal(sum(calls.map((call) => figure(call, OUTPUT_KEYS))));
        expect(trace.usage!.cacheRead ?? 0).to.equal(sum(calls.map((call) => figure(call, CACHE_KEYS))));
        expect(trace.usage!.reasoning ?? 0).to.equal(sum(calls.map((call) => figure(call, REASONING_KEYS))));
      });

      it('has messages and a model on every LLM call', async () => {
        const { trace } = await sample(name);
        for (const call of ofKind(trace, 'llm')) {
          expect(call.model, call.id).to.be.a('string').and.not.be.empty;
          expect(
            call.messages.some(({ origin }) => origin === 'input'),
            call.id,
          ).to.equal(true);
          if (call.status !== 'error')
            expect(
              call.messages.some(({ origin }) => origin === 'output'),
              call.id,
            ).to.equal(true);
        }
      });

      it('tells of its errors', async () => {
        const { trace } = await sample(name);
        const failed = [...trace.spans].filter(({ status }) => status === 'error');
        expect(failed).to.have.length(expected.errors);
        for (const span of failed) {
          expect(span.exceptions).to.have.length(1);
          expect(span.exceptions[0]!.message).to.be.a('string').and.not.be.empty;
          expect(span.exceptions[0]!.time).to.be.within(span.start, span.end!);
          expect(span.statusMessage).to.be.a('string').and.not.be.empty;
        }
      });
    });
  }

  it('know the kinds of an OpenInference trace', async () => {
    const { trace, plain } = await sample('nested-agents');
    for (const { id, attributes } of plain) {
      expect(trace.span(id)!.kind).to.equal(String(attributes['openinference.span.kind']).toLowerCase());
    }
  });

  it('know tools of each vocabulary', async () => {
    for (const [name, tools] of [
      ['agent-tools', 5],
      ['chat-genai', 3],
      ['error-retry', 2],
      ['nested-agents', 6],
    ] as const) {
      expect(ofKind((await sample(name)).trace, 'tool'), name).to.have.length(tools);
    }
    expect(ofKind((await sample('chat-genai')).trace, 'agent')).to.have.length(2);
  });

  it('hold the documents that the answer came from', async () => {
    const { trace } = await sample('rag-kensho');
    const [retriever] = ofKind(trace, 'retriever');
    expect(retriever!.documents).to.not.be.empty;
    for (const { content, score } of retriever!.documents) {
      expect(content).to.be.a('string').and.not.be.empty;
      expect(score).to.be.a('number');
    }
    expect(retriever!.documents.map(({ content }) => content).join('\n')).to.contain('Harrison worked at Kensho');
    const [answer] = ofKind(trace, 'llm');
    expect(JSON.stringify(answer!.messages.at(-1)!.parts)).to.contain('Kensho');
    const scores = retriever!.documents.map(({ score }) => score!);
    expect(scores).to.deep.equal([...scores].sort((a, b) => b - a));
  });
});
