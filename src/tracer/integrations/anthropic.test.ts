import type Anthropic from '@anthropic-ai/sdk';
import { expect } from '@open-wc/testing';
import { RecordedSpans } from '../../test/recorded-spans.js';
import { rejection } from '../../test/rejection.js';
import { createTracer } from '../index.js';
import { wrapAnthropic } from './anthropic.js';
import { ASKED, SAID, all, both, plainClient, traced } from './test-anthropic.js';

/** A client as those were before they had middleware: the hook is then `fetch`. */
function withoutMiddleware(scenario: string): Anthropic {
  const client = plainClient(scenario);
  Object.defineProperty(client, 'middleware', { value: undefined, writable: true });
  return client;
}

describe('wrapAnthropic', () => {
  it('leaves a stream as it is, byte for byte', async () => {
    const { result } = await both('tools', async (client) => {
      const response = await client.messages.create({ ...ASKED, stream: true }).asResponse();
      return [...new Uint8Array(await response.arrayBuffer())];
    });
    expect(result).to.have.length.above(500);
  });

  it('records an error that a stream tells of', async () => {
    const { sink, anthropic } = traced('error');
    const error = await rejection(anthropic.messages.create({ ...ASKED, stream: true }).then(all));
    expect((error as Error).message).to.include('The model is out.');
    expect(await sink.only()).to.include({ status: 'error', statusMessage: 'The model is out.' });
  });

  it('lets a failing connection be retried as without', async () => {
    let count = 0;
    const failing = (): Promise<Response> => {
      count++;
      return Promise.reject(new TypeError('Failed to fetch'));
    };
    const { sink, anthropic } = traced('text', { fetch: failing, maxRetries: 1 });
    const error = (await rejection(anthropic.messages.create(ASKED))) as Error;
    expect(error.constructor.name).to.equal('APIConnectionError');
    expect(count).to.equal(2);
    expect((await sink.whenEnded(2)).map(({ status }) => status)).to.deep.equal(['error', 'error']);
  });

  it('keeps the middleware of the application, and records what that sends', async () => {
    const seen: string[] = [];
    const { sink, anthropic } = traced('text', {
      middleware: [
        (request, next) => {
          seen.push(request.url);
          const body = JSON.parse(request.body as string) as Record<string, unknown>;
          return next({ ...request, body: JSON.stringify({ ...body, model: 'claude-other' }) });
        },
      ],
    });
    await anthropic.withOptions({ maxRetries: 1 }).messages.create(ASKED);
    expect(seen).to.have.length(1);
    expect((await sink.only()).model).to.equal('claude-other-2026');
  });

  it('hooks into fetch where the client has no middleware', async () => {
    const sink = new RecordedSpans();
    const tracer = createTracer({ store: sink });
    const anthropic = wrapAnthropic(withoutMiddleware('text'), { tracer });
    const other = anthropic as unknown as { middleware: unknown };
    expect(other.middleware).to.deep.equal([]);
    await all(await anthropic.messages.create({ ...ASKED, stream: true }));
    await tracer.span('root', (span) => span.use(anthropic).messages.create(ASKED));
    await tracer.flush();
    const calls = sink.spans.filter(({ kind }) => kind === 'llm');
    expect(calls).to.have.length(2);
    for (const call of calls) {
      expect(call.provider).to.equal('anthropic');
      expect(call.usage).to.include({ output: 6 });
    }
  });

  it('gives every one of ten concurrent chats its own parent', async () => {
    const { sink, anthropic, tracer } = traced('text');
    const chats = Array.from({ length: 10 }, (_, at) => `chat ${at}`);
    await Promise.all(
      chats.map((name, at) =>
        tracer.span(name, async (chat) => {
          const messages = [{ role: 'user' as const, content: name }];
          const client = chat.use(anthropic);
          if (at % 2) return client.messages.create({ ...ASKED, messages });
          return all(await client.messages.create({ ...ASKED, messages, stream: true }));
        }),
      ),
    );
    await tracer.flush();
    for (const name of chats) {
      const chat = sink.spans.find((span) => span.name === name)!;
      const calls = sink.spans.filter(({ parentId }) => parentId === chat.id);
      expect(calls).to.have.length(1);
      expect(calls[0]!.messages!.at(-1)!.parts).to.deep.equal([{ type: 'text', text: SAID.replace('hello', name) }]);
    }
  });
});
