import { expect } from '@open-wc/testing';
import { sharedFiles, sharedText } from '../../test/shared-files.js';
import { openAll } from '../../test/format-checks.js';
import type { Span } from '../../model/index.js';
import { claudeCode } from '../claude-code/claude-code.js';
import { har } from './har.js';
import { parseText } from '../parse-text.js';
import { providerBody } from './provider-body.js';
import { readTraces } from '../read-traces.js';
import { sse } from './sse.js';

// Real bodies and streams: what is read is compared with what a plain look at their JSON finds.

interface Part {
  text?: string;
  thought?: boolean;
}
type Counts = Readonly<Record<string, number>>;
interface Turn {
  content?: string | null;
}
/** A body or an event of any provider: what is looked at here. */
interface Json {
  type?: string;
  object?: string;
  model?: string;
  modelVersion?: string;
  delta?: string | Part;
  choices?: { message?: Turn; delta?: Turn }[];
  candidates?: { content: { parts: Part[] } }[];
  content?: Part[];
  output?: { type: string; content: Part[] }[];
  usage?: Counts;
  usageMetadata?: Counts;
  message?: { model?: string; usage?: Counts };
  response?: { model?: string; usage?: Counts };
}

/** The JSON documents in a file: its body, its lines, or the data of its events. */
function documentsIn(file: string, text: string): Json[] {
  if (file.endsWith('.json')) return [JSON.parse(text) as Json];
  return text
    .split(/\r?\n/)
    .map((line) => line.replace(/^data: ?/, '').trim())
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Json);
}

const sum = (...tokens: (number | undefined)[]): number | undefined =>
  tokens[0] === undefined ? undefined : tokens.reduce<number>((total, count) => total + (count ?? 0), 0);

/** Input and output tokens, each with all of its parts, that the last of the documents with a count states. */
function tokensIn(documents: readonly Json[]): [input: number | undefined, output: number | undefined] {
  let found: [number | undefined, number | undefined] = [undefined, undefined];
  for (const { usage: own, message, response, usageMetadata: gemini } of documents) {
    const usage = own ?? message?.usage ?? response?.usage;
    if (gemini?.['promptTokenCount'] !== undefined) {
      found = [gemini['promptTokenCount'], sum(gemini['candidatesTokenCount'] ?? 0, gemini['thoughtsTokenCount'])];
    } else if (usage) {
      const { input_tokens: input, cache_creation_input_tokens: written, cache_read_input_tokens: read } = usage;
      found = [
        usage['prompt_tokens'] ?? sum(input, written, read) ?? found[0],
        usage['completion_tokens'] ?? usage['output_tokens'] ?? found[1],
      ];
    }
  }
  return found;
}

const textsOf = (parts: readonly Part[]): string =>
  parts.map(({ text, thought }) => (thought ? '' : (text ?? ''))).join('');

/** The words of the answer, without reasoning. */
function answerIn(documents: readonly Json[]): string {
  return documents
    .map(({ type, object, delta, choices, candidates, content, output }): string => {
      if (choices) return choices.map((choice) => (choice.message ?? choice.delta)?.content ?? '').join('');
      if (candidates) return textsOf(candidates[0]!.content.parts);
      if (typeof delta === 'string') return type === 'response.output_text.delta' ? delta : '';
      if (delta) return delta.text ?? '';
      if (type === 'message') return textsOf(content ?? []);
      if (object !== 'response') return '';
      return textsOf((output ?? []).flatMap((item) => (item.type === 'message' ? item.content : [])));
    })
    .join('');
}

const modelIn = (documents: readonly Json[]): string | undefined =>
  documents
    .map(({ model, modelVersion, message, response }) => model ?? modelVersion ?? message?.model ?? response?.model)
    .find((model) => model !== undefined);

const words = (span: Span): string =>
  span.messages
    .filter(({ origin }) => origin === 'output')
    .flatMap(({ parts }) => parts.map((part) => (part.type === 'text' ? part.text : '')))
    .join('');

describe('real bodies and streams of providers', () => {
  it('are read as what their folder says: model, tokens, words and errors', async function () {
    this.timeout(60_000);
    const files = (await sharedFiles()).filter((file) => file.startsWith('provider-'));
    if (files.length === 0) return this.skip();
    const table: string[] = [];
    for (const file of files) {
      const text = (await sharedText(`fixtures/${file}`))!;
      const folder = file.split('/')[0]!;
      const documents = documentsIn(file, text);
      const traces = await readTraces(text);
      expect(traces, file).to.have.length(1);
      const [trace] = traces;
      const span = trace!.spans.at(0)!;
      expect([trace!.format, trace!.spans.length], file).to.deep.equal([
        folder.endsWith('-sse') ? 'sse' : 'provider',
        1,
      ]);
      expect(span.kind, file).to.equal('llm');
      expect(span.model, file).to.equal(modelIn(documents));
      expect([span.usage?.input, span.usage?.output], file).to.deep.equal(tokensIn(documents));
      const provider = /openai|anthropic|gemini/.exec(folder)![0];
      expect(span.provider, file).to.equal(provider === 'gemini' ? 'gcp.gemini' : provider);
      const isError = documents[0]!.type === 'error';
      expect([span.status === 'error', span.exceptions.length], file).to.deep.equal([isError, isError ? 1 : 0]);
      expect(words(span), file).to.equal(answerIn(documents));
      const messages = openAll(traces);
      if (!isError) expect(messages, file).to.be.greaterThan(0);
      table.push(`${folder}: ${messages} messages${span.usage ? ', usage' : ''}`);
    }
    expect(table).to.have.length(56);
  });

  it('calls of tools are whole, and linked', async function () {
    const parts = async (file: string) => {
      const text = await sharedText(`fixtures/${file}`);
      const traces = text === undefined ? [] : await readTraces(text);
      return traces[0]?.spans.at(0)?.messages.flatMap((message) => message.parts);
    };
    const streamed = await parts('provider-gemini-sse/google-stream-tool-call-arguments.chunks.jsonl');
    if (!streamed) return this.skip();
    expect(streamed).to.deep.equal([
      { type: 'tool-call', name: 'getWeather', arguments: { location: 'Boston' } },
      { type: 'tool-call', name: 'getWeather', arguments: { location: 'San Francisco' } },
    ]);
    expect(await parts('provider-openai-chat-sse/ls-tool-call-chunking.response.sse')).to.deep.equal([
      { type: 'tool-call', id: 'call_WV6bvIiiSk0mp1W544x914V5', name: 'get_weather', arguments: { location: 'Paris' } },
    ]);
    const mcp = await parts('provider-anthropic-sse/anthropic-mcp.1.chunks.jsonl');
    expect(mcp?.slice(0, 2)).to.deep.equal([
      {
        type: 'tool-call',
        id: 'mcptoolu_017CuqaJcXe5ZHJjaz3KS1AT',
        name: 'echo',
        arguments: { message: 'hello world' },
      },
      { type: 'tool-result', id: 'mcptoolu_017CuqaJcXe5ZHJjaz3KS1AT', result: 'Tool echo: hello world' },
    ]);
  });

  it('every source that a text cites is read', async function () {
    let cited = 0;
    for (const file of (await sharedFiles()).filter((name) => name.startsWith('provider-'))) {
      const documents = documentsIn(file, (await sharedText(`fixtures/${file}`))!);
      const last = documents.findLast(({ type }) => type === 'response.completed')?.response ?? documents.at(-1)!;
      const stated = JSON.stringify(last).match(/"(?:cited_text|type":"\w+_citation)"/g) ?? [];
      const [trace] = await readTraces((await sharedText(`fixtures/${file}`))!);
      const citations = trace!.spans
        .at(0)!
        .messages.flatMap(({ parts }) => parts.flatMap((part) => (part.type === 'text' ? (part.citations ?? []) : [])));
      expect(citations, file).to.have.length(stated.length);
      for (const { url, documentId } of citations) expect(url ?? documentId, file).to.match(/^https:|^file-/);
      cited += citations.length;
    }
    if (cited === 0) return this.skip();
    expect(cited).to.equal(26);
  });

  it('no other real file is taken for one', async function () {
    this.timeout(60_000);
    const files = (await sharedFiles()).filter((file) => !file.startsWith('provider-') && /\.jsonl?$/.test(file));
    if (files.length === 0) return this.skip();
    const wrong: string[] = [];
    for (const file of files) {
      const { value } = parseText((await sharedText(`fixtures/${file}`))!);
      for (const format of [claudeCode, har, sse, providerBody])
        if (format.detect(value)) wrong.push(`${format.name}: ${file}`);
    }
    expect(wrong).to.deep.equal([]);
  });
});
