import { expect } from '@open-wc/testing';
import { onlyTrace, openAll, spanNamed, survivesAnything } from '../../test/format-checks.js';
import { vendorText } from '../../test/vendor-files.js';
import { readTraces } from '../read-traces.js';
import { helicone } from './helicone.js';

interface Moment {
  seconds: number;
  milliseconds: number;
}
interface Log {
  providerRequest: { json: Record<string, unknown> };
  providerResponse: { headers: object; status: number; json: Record<string, unknown>; textBody?: string };
  timing: { startTime: Moment; endTime: Moment; timeToFirstToken?: number };
}

const FAILURE = 'The customs service did not answer within 2 seconds.';
const millis = ({ seconds, milliseconds }: Moment): number => seconds * 1000 + milliseconds;

describe('what Helicone’s manual logger sent', () => {
  const read = async () => {
    const text = await vendorText('helicone.jsonl');
    const [trace, ...others] = await readTraces(text);
    expect(others).to.deep.equal([]);
    return { trace: trace!, logs: text.trim().split('\n').map((line) => JSON.parse(line) as Log) }; // prettier-ignore
  };

  it('is one session with all its calls, at their times', async () => {
    const { trace, logs } = await read();
    expect([trace.format, trace.id, trace.name]).to.deep.equal(['helicone', 'session-7f3a', 'support question']);
    expect([trace.sessionId, trace.userId]).to.deep.equal(['session-7f3a', 'user-82']);
    expect(trace.metadata).to.deep.equal({ Channel: 'help-center' });
    expect([...trace.spans].map(({ name, kind, status }) => [name, kind, status])).to.deep.equal([
      ['search', 'retriever', 'ok'],
      ['gpt-4o-mini', 'llm', 'ok'],
      ['look_up_parcel', 'tool', 'ok'],
      ['check_customs', 'tool', 'error'],
      ['gpt-4o-mini', 'llm', 'ok'],
    ]);
    [...trace.spans].forEach((span, place) => {
      const { startTime, endTime, timeToFirstToken } = logs[place]!.timing;
      expect([span.start, span.end]).to.deep.equal([millis(startTime), millis(endTime)]);
      expect(span.timeToFirstToken).to.equal(timeToFirstToken);
      expect(span.raw).to.deep.equal(logs[place]);
      expect(span.attributes.get('providerResponse.headers.Helicone-User-Id')).to.equal('user-82');
    });
    // No id, and no path: these are all that is said of the places of the calls.
    expect(trace.problems.map(({ code }) => code)).to.deep.equal(['several-roots']);
    openAll([trace]);
  });

  it('has the calls of the model, the streamed one too', async () => {
    const { trace, logs } = await read();
    const [first, second] = [...trace.spans].filter(({ kind }) => kind === 'llm');
    const pieces = logs[4]!.providerResponse.textBody!.trim().split('\n').map((line) => JSON.parse(line) as { usage: unknown; choices: { delta: { content?: string } }[] }); // prettier-ignore
    const usages = [logs[1]!.providerResponse.json['usage'], pieces.at(-1)!.usage] as { prompt_tokens: number; completion_tokens: number; prompt_tokens_details: { cached_tokens: number } }[]; // prettier-ignore
    [first!, second!].forEach(({ usage, model, provider, tools, parameters }, place) => {
      const { prompt_tokens: input, completion_tokens: output, prompt_tokens_details: details } = usages[place]!;
      expect(usage).to.include({ input, output, total: input + output, cacheRead: details.cached_tokens });
      expect([model, provider]).to.deep.equal(['gpt-4o-mini', 'openai']);
      expect(tools.map(({ name }) => name)).to.deep.equal(['look_up_parcel', 'check_customs']);
      expect(parameters.get('temperature')).to.equal(0);
    });
    expect(first!.messages.map(({ role, origin }) => [role, origin])).to.deep.equal([
      ['system', 'input'],
      ['user', 'input'],
      ['assistant', 'output'],
    ]);
    const calls = first!.messages.at(-1)!.parts.map((part) => (part.type === 'tool-call' ? part.id : ''));
    const results = second!.messages
      .flatMap(({ parts }) => parts)
      .flatMap((part) => (part.type === 'tool-result' ? [part] : []));
    expect(results.map(({ id }) => id)).to.deep.equal(calls);
    expect(results[1]!.result).to.deep.equal({ error: FAILURE });
    const said = pieces.map(({ choices }) => choices[0]?.delta.content ?? '').join('');
    expect(second!.messages.at(-1)).to.deep.equal({ role: 'assistant', origin: 'output', finishReason: 'stop', parts: [{ type: 'text', text: said }] }); // prettier-ignore
  });

  it('has the logged tools and the search', async () => {
    const { trace, logs } = await read();
    const search = spanNamed(trace, 'search');
    expect(search.input).to.equal(logs[0]!.providerRequest.json['text']);
    expect(search.documents).to.deep.equal(logs[0]!.providerResponse.json['documents']);
    expect([...search.parameters]).to.deep.equal([
      ['topK', 2],
      ['databaseName', 'help-pages'],
    ]);
    const tool = spanNamed(trace, 'look_up_parcel');
    // The logger adds `_type` and `toolName`.
    expect([tool.input, tool.output]).to.deep.equal([
      { parcel: '4711' },
      { parcel: '4711', status: 'at customs', since: '2026-03-02' },
    ]);
    expect(spanNamed(trace, 'check_customs').exceptions).to.deep.equal([{ message: FAILURE }]);
  });

  const time = { seconds: 1_800_000_000, milliseconds: 5 };
  const log = (response: object, headers: object = {}, request: object = { model: 'gpt-4o', messages: [{ role: 'user', content: 'Hi' }] }) => ({ providerRequest: { url: 'custom-model-nopath', json: request, meta: {} }, providerResponse: { headers, status: 200, json: {}, ...response }, timing: { startTime: time, endTime: time } }); // prettier-ignore
  const piece = (content: string) => ({ object: 'chat.completion.chunk', model: 'gpt-4o', choices: [{ index: 0, delta: { content } }] }); // prettier-ignore

  it('tells streams that broke from those that were cancelled, and text from streams', () => {
    const lines = `${JSON.stringify(piece('Hel'))}\n${JSON.stringify(piece('lo'))}\n`;
    for (const [response, status, message, said] of [
      [{ status: 500, textBody: `Error: reset\n    at read (x.js:1:2)\n\n${lines}` }, 'error', 'reset', 'Hello'],
      [{ status: -3, textBody: lines }, 'error', 'The request was cancelled.', 'Hello'],
      [{ status: 500, textBody: 'Error: no route\n    at read (x.js:1:2)\n\n' }, 'error', 'no route', undefined],
      [{ textBody: 'Hello' }, 'ok', undefined, 'Hello'],
      [{ textBody: `data: ${JSON.stringify(piece('Hello'))}\n\ndata: [DONE]\n\n` }, 'ok', undefined, 'Hello'],
    ] as const) {
      const span = onlyTrace(helicone, log(response)).spans.at(0)!;
      expect([span.status, span.statusMessage], JSON.stringify(response)).to.deep.equal([status, message]);
      const answers = span.messages.filter(({ origin }) => origin === 'output');
      expect(answers.map(({ parts }) => parts)).to.deep.equal(said === undefined ? [] : [[{ type: 'text', text: said }]]); // prettier-ignore
    }
  });

  it('reads headers in any case, with the path and the id where they are given', () => {
    const headers = { 'helicone-session-id': 's', 'HELICONE-SESSION-PATH': '/a/b', 'Helicone-Request-Id': 'r', 'helicone-property-Plan': 'free' }; // prettier-ignore
    const trace = onlyTrace(helicone, [log({}, headers)]);
    expect([...trace.spans].map(({ id, depth }) => [id, depth])).to.deep.equal([
      ['s/a', 0],
      ['s/a/b', 1],
      ['r', 2],
    ]);
    expect(trace.metadata).to.deep.equal({ Plan: 'free' });
  });

  it('survives anything', () =>
    survivesAnything(
      helicone,
      log({ textBody: `Error\n\n${JSON.stringify(piece('x'))}\n` }, { 'Helicone-Session-Id': 's' }),
      log({ json: { status: 'error', message: 'x' } }, {}, { _type: 'tool', toolName: 't', input: 1 }),
    ));
});
