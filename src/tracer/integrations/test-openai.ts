/** For tests of wrapped OpenAI clients: the model server of the tests, with a client that is traced and one that is not. */
import { expect } from '@open-wc/testing';
import OpenAI from 'openai';
import type { Message } from '../../model/index.js';
import { RecordedSpans } from '../../test/recorded-spans.js';
import { createTracer } from '../tracer.js';
import { wrapOpenAI } from './openai.js';

export const ASKED = { model: 'gpt-4o-mini', messages: [{ role: 'user' as const, content: 'hello' }] };
export const SAID = 'Grüße, brave new 世界 of traces 🙂hello';

export const plainClient = (scenario: string, options: ConstructorParameters<typeof OpenAI>[0] = {}): OpenAI =>
  new OpenAI({
    apiKey: 'sk-this-key-must-not-be-recorded-0123456789',
    baseURL: `${location.origin}/model/${scenario}/v1`,
    dangerouslyAllowBrowser: true,
    maxRetries: 0,
    ...options,
  });

export function traced(scenario: string, options: ConstructorParameters<typeof OpenAI>[0] = {}, idleLimit?: number) {
  const sink = new RecordedSpans();
  const tracer = createTracer({ store: sink });
  const openai = wrapOpenAI(plainClient(scenario, options), { tracer, ...(idleLimit !== undefined && { idleLimit }) });
  return { sink, tracer, openai };
}

/** What two clients give for the same use of them, the second one traced. */
export async function both<Result>(scenario: string, use: (client: OpenAI) => Promise<Result>) {
  const { sink, openai, tracer } = traced(scenario);
  const without = await use(plainClient(scenario));
  const result = await use(openai);
  void expect(result).to.deep.equal(without);
  await tracer.flush();
  return { result, sink };
}

export async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

export const textsOf = (messages: readonly Message[] | undefined): unknown[] =>
  (messages ?? []).map(({ role, origin, parts }) => [
    role,
    origin,
    ...parts.map((part) => (part.type === 'text' ? part.text : part.type)),
  ]);
