/* eslint-disable @typescript-eslint/no-floating-promises -- Assertions are expressions, and the type of some looks like a promise. */
import { expect } from '@open-wc/testing';
import type { Trace } from '../model/index.js';
import { spanNamed } from './format-checks.js';

/** For tests: the story that samples/vendors tells with the SDK of each vendor. */

export const QUESTION = 'Where is my parcel 4711, and do I have to pay customs?';
export const ANSWER =
  'Your parcel 4711 has been at customs since 2 March. I could not find out the customs due; gifts below 45 euros are free.';
export const FAILURE = 'The customs service did not answer within 2 seconds.';

/** Checks what holds of the story whoever tells it: the calls and their conversation, tools, documents, figures. */
export function expectStory(trace: Trace, search: string): void {
  expect(trace).to.include({ sessionId: 'session-7f3a', userId: 'user-82' });
  expect(trace.problems).to.deep.equal([]);
  expect(trace.roots).to.have.length(1);
  expect([...trace.spans].slice(1).every(({ depth }) => depth === 1)).to.equal(true);
  expect(trace.usage).to.include({ input: 176 + 291, output: 16 + 30, total: 192 + 321, cacheRead: 128 });

  const [first, second, ...others] = [...trace.spans].filter(({ kind }) => kind === 'llm');
  expect(others).to.deep.equal([]);
  for (const call of [first!, second!]) {
    expect(call.model).to.equal('gpt-4o-mini');
    expect(call.tools.map(({ name }) => name)).to.deep.equal(['look_up_parcel', 'check_customs']);
    expect(call.parameters.get('temperature')).to.equal(0);
    expect([...call.parameters.values()]).to.not.include.members(['']);
  }
  expect(first!.usage).to.include({ input: 176, output: 16, total: 192, cacheRead: 0 });
  expect(second!.usage).to.include({ input: 291, output: 30, total: 321, cacheRead: 128 });
  expect(second!.parameters.get('stream')).to.equal(true);

  const called = first!.messages.at(-1)!;
  expect(called).to.include({ role: 'assistant', origin: 'output' });
  const ids = called.parts.map((part) => (part.type === 'tool-call' ? part.id : undefined));
  expect(ids).to.have.length(2);
  const roles = second!.messages.map(({ role }) => role);
  expect(roles).to.deep.equal(['system', 'user', 'assistant', 'tool', 'tool', 'assistant']);
  const results = second!.messages.flatMap(({ parts }) => parts.flatMap((part) => (part.type === 'tool-result' ? part.id : []))); // prettier-ignore
  expect(results).to.deep.equal(ids);
  expect(second!.messages.at(-1)).to.include({ role: 'assistant', origin: 'output' });
  expect(second!.messages.at(-1)!.parts).to.deep.equal([{ type: 'text', text: ANSWER }]);

  expect(spanNamed(trace, search).documents.map(({ id, score }) => [id, score])).to.deep.equal([
    ['parcels-003', 0.91],
    ['customs-011', 0.84],
  ]);
  const failed = spanNamed(trace, 'check_customs');
  expect(failed).to.include({ status: 'error', statusMessage: FAILURE });
  expect([...trace.spans].filter(({ status }) => status === 'error')).to.have.length(1);
}
