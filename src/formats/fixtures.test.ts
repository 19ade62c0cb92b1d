import { expect } from '@open-wc/testing';
import type { Trace } from '../model/index.js';
import { attributesOf, otlpDocument, otlpSpan } from '../test/otlp-builder.js';
import { plainSpansIn, type PlainSpan } from '../test/plain-spans.js';
import { sharedFiles, sharedText } from '../test/shared-files.js';
import { readTraces } from './read-traces.js';

const FOLDERS = ['otlp', 'otlp-jsonl', 'otlp-decoded', 'openinference', 'vercel-ai-sdk'];

const KIND_WORDS = new Set(['llm', 'embedding', 'chain', 'retriever', 'reranker', 'tool', 'agent', 'guardrail', 'evaluator', 'prompt']); // prettier-ignore
const OPERATIONS: Readonly<Record<string, string>> = {
  chat: 'llm', text_completion: 'llm', generate_content: 'llm', embeddings: 'embedding', execute_tool: 'tool',
  invoke_agent: 'agent', create_agent: 'agent',
  'ai.toolCall': 'tool', 'ai.embed.doEmbed': 'embedding', 'ai.generateText.doGenerate': 'llm',
  'ai.streamText.doStream': 'llm', 'ai.generateObject.doGenerate': 'llm', 'ai.streamObject.doStream': 'llm',
}; // prettier-ignore

const wordOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The kind that a span's attributes state in so many words. */
function statedKind({ attributes }: PlainSpan): string | undefined {
  const word = wordOf(attributes['openinference.span.kind']).toLowerCase();
  if (KIND_WORDS.has(word)) return word;
  // A span may carry several vocabularies, of which a vendor's own says more.
  if (Object.keys(attributes).some((key) => key.startsWith('langfuse.') || key.startsWith('genkit:'))) return undefined;
  return OPERATIONS[wordOf(attributes['gen_ai.operation.name'] ?? attributes['ai.operationId'])];
}

const INPUT_KEYS = ['llm.token_count.prompt', 'gen_ai.usage.input_tokens', 'ai.usage.inputTokens', 'ai.usage.promptTokens', 'gen_ai.usage.prompt_tokens']; // prettier-ignore
const OUTPUT_KEYS = ['llm.token_count.completion', 'gen_ai.usage.output_tokens', 'ai.usage.outputTokens', 'ai.usage.completionTokens', 'gen_ai.usage.completion_tokens']; // prettier-ignore

/** The one number that the attributes state under any of these keys. */
function statedTokens({ attributes }: PlainSpan, keys: readonly string[]): number | undefined {
  const stated = new Set(keys.filter((key) => attributes[key] !== undefined).map((key) => Number(attributes[key])));
  return stated.size === 1 ? [...stated][0] : undefined;
}

/** The number of spans that the index states, by file. */
function spanCounts(index: string): Map<string, number> {
  const rows = index.matchAll(/^\| (\S+) \| (\d+) (?:spans|attribute set) \|/gm);
  return new Map(Array.from(rows, ([, file, count]) => [file!, Number(count)]));
}

/** What may be wrong with a trace that holds these spans and is read as it is. */
function expectedProblems(spans: readonly PlainSpan[], traces: number): string[] {
  const ids = new Set(spans.map(({ id }) => id).filter(Boolean));
  const codes = new Set<string>();
  for (const { id, parentId, hasStart, hasEnd } of spans) {
    if (!id) codes.add('missing-id');
    if (parentId && !ids.has(parentId)) codes.add('missing-parent');
    if (!hasStart) codes.add('missing-start');
    else if (!hasEnd) codes.add('missing-end');
  }
  if (traces > 1) codes.add('several-traces');
  if (spans.filter(({ parentId }) => !parentId || !ids.has(parentId)).length > traces) codes.add('several-roots');
  return [...codes];
}

function expectSpans(traces: readonly Trace[], spans: readonly PlainSpan[]): void {
  const ids = new Set(spans.map(({ id }) => id));
  const read = traces.flatMap((trace) => [...trace.spans]);
  expect(read).to.have.length(spans.length);
  for (const plain of spans) {
    const span = read.find(({ raw }) => plain.isRaw(raw))!;
    expect(span, plain.name).to.not.equal(undefined);
    if (plain.id) expect(span.id).to.equal(plain.id);
    expect(span.parentId ?? '', plain.name).to.equal(plain.parentId);
    expect(span.parent?.id, plain.name).to.equal(ids.has(plain.parentId) ? plain.parentId || undefined : undefined);
    if (plain.millis !== undefined) expect(span.start).to.be.closeTo(plain.millis, 0.001);
    expect(span.attributes.size, plain.name).to.equal(Object.keys(plain.attributes).length);
    const kind = statedKind(plain);
    if (kind) expect(span.kind, plain.name).to.equal(kind);
    const [input, output] = [statedTokens(plain, INPUT_KEYS), statedTokens(plain, OUTPUT_KEYS)];
    if (input !== undefined) expect(span.usage?.input, plain.name).to.equal(input);
    if (output !== undefined) expect(span.usage?.output, plain.name).to.equal(output);
    // Details are worked out without fail, whatever the span holds.
    expect([span.messages, span.documents, span.events, span.exceptions, span.tools, span.scores]).to.have.length(6);
  }
}

const index = await sharedText('fixtures/INDEX.md');
const files = (await sharedFiles()).filter((file) => FOLDERS.includes(file.split('/')[0]!));

describe('real traces that lie beside the project', () => {
  if (index === undefined) {
    it('are not on this machine: nothing is tested', () => expect(files).to.be.empty);
    return;
  }
  const counts = spanCounts(index);

  it('are there, every one that the index names', () => {
    const named = [...counts.keys()].filter((file) => FOLDERS.includes(file.split('/')[0]!));
    expect(files).to.include.members(named);
    expect(files.length).to.be.at.least(40);
  });

  for (const file of files) {
    it(`${file} is read as it is`, async () => {
      const text = (await sharedText(`fixtures/${file}`))!;
      const spans = plainSpansIn(text);
      expect(spans, 'the scan of the test').to.have.length(counts.get(file) ?? spans.length);
      const traces = await readTraces(text);
      expectSpans(traces, spans);
      const codes = new Set(traces.flatMap(({ problems }) => problems.map(({ code }) => code)));
      expect([...codes]).to.have.members(expectedProblems(spans, traces.length));
    });
  }

  for (const name of ['otel_genai_client_span_tool_calls', 'otel_genai_tool_execution_span']) {
    it(`genai-attributes/${name}.json is read on a span, and by itself the same`, async () => {
      const attributes = JSON.parse((await sharedText(`fixtures/genai-attributes/${name}.json`))!) as Record<
        string,
        unknown
      >;
      const [onSpan] = await readTraces(otlpDocument({ ...otlpSpan(), attributes: attributesOf(attributes) }));
      const [alone] = await readTraces(attributes);
      for (const trace of [onSpan!, alone!]) {
        const span = trace.spans.at(0)!;
        expect(span.kind).to.equal(OPERATIONS[wordOf(attributes['gen_ai.operation.name'])]);
        expect(span.usage?.input).to.equal(attributes['gen_ai.usage.input_tokens']);
        expect(span.usage?.output).to.equal(attributes['gen_ai.usage.output_tokens']);
        const messages = JSON.parse(wordOf(attributes['gen_ai.input.messages']) || '[]') as unknown[];
        expect(span.messages.filter(({ origin }) => origin === 'input').length).to.be.at.least(messages.length);
      }
      expect(JSON.stringify(alone!.spans.at(0)!.messages)).to.equal(JSON.stringify(onSpan!.spans.at(0)!.messages));
    });
  }
});
