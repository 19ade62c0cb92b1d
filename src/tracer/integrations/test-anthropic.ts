/** For tests of wrapped Anthropic clients: the model server of the tests, with a client that is traced and one that is not. */
import Anthropic from '@anthropic-ai/sdk';
import { expect } from '@open-wc/testing';
import { RecordedSpans } from '../../test/recorded-spans.js';
import { createTracer } from '../tracer.js';
import { wrapAnthropic } from './anthropic.js';

type Options = ConstructorParameters<typeof Anthropic>[0];

export const ASKED = { model: 'claude-test', max_tokens: 100, messages: [{ role: 'user' as const, content: 'hello' }] };
export const SAID = 'Grüße, brave new 世界 of traces 🙂hello';

export const plainClient = (scenario: string, options: Options = {}): Anthropic =>
  new Anthropic({
    apiKey: 'sk-ant-this-key-must-not-be-recorded',
    baseURL: `${location.origin}/model/${scenario}`,
    dangerouslyAllowBrowser: true,
    maxRetries: 0,
    ...options,
  });

export function traced(scenario: string, options: Options = {}, idleLimit?: number) {
  const sink = new RecordedSpans();
  const tracer = createTracer({ store: sink });
  const given = plainClient(scenario, options);
  const anthropic = wrapAnthropic(given, { tracer, ...(idleLimit !== undefined && { idleLimit }) });
  return { sink, tracer, anthropic };
}

export async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** What two clients give for the same use of them, the second one traced. */
export async function both<Result>(scenario: string, use: (client: Anthropic) => Promise<Result>) {
  const { sink, anthropic, tracer } = traced(scenario);
  const without = await use(plainClient(scenario));
  const result = await use(anthropic);
  void expect(result).to.deep.equal(without);
  await tracer.flush();
  return { result, sink };
}
