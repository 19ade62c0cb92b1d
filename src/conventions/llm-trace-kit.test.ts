import { expect } from '@open-wc/testing';
import type { SpanRecord } from '../model/index.js';
import { interpret, OutlineDraft } from './index.js';

const record = (attributes: Readonly<Record<string, unknown>>, more: Partial<SpanRecord> = {}): SpanRecord => ({
  attributes: new Map(Object.entries(attributes)),
  events: [],
  links: [],
  resource: new Map(),
  scope: {},
  ...more,
});

describe('what this kit exports', () => {
  it('is read without guessing', () => {
    const meaning = interpret(
      record({
        'input.value': '[{"role":"user","content":"hi"}]',
        'input.mime_type': 'application/json',
        input: 'of the application',
        'llm_trace.span': '{"kind":"chain"}',
      }),
    );
    expect(meaning).to.deep.equal({ input: [{ role: 'user', content: 'hi' }] });
  });

  it('believes the mark before any attribute', () => {
    const mark = JSON.stringify({
      kind: 'guardrail',
      usage: { input: 3 },
      model: 'm',
      output: '[1]',
      own: ['metadata'],
    });
    const attributes = {
      'openinference.span.kind': 'LLM',
      'llm.model_name': 'other',
      'gen_ai.usage.input_tokens': 7,
      'llm_trace.span': mark,
    };
    const draft = new OutlineDraft();
    for (const [key, value] of Object.entries(attributes)) draft.attribute(key, value);
    const outline = { name: 'check' } as Parameters<OutlineDraft['writeTo']>[0];
    draft.writeTo(outline);
    expect(outline).to.deep.include({ kind: 'guardrail', model: 'm', usage: { input: 3 } });
    expect(interpret(record(attributes)).output).to.equal('[1]');
  });

  it('is read like anything else where the mark is damaged', () => {
    const meaning = interpret(record({ input: 'plain', 'llm_trace.span': '{"kind":"ch' }));
    expect(meaning.input).to.equal('plain');
  });

  it('keeps messages that were cut on their way', () => {
    const meaning = interpret(record({ 'gen_ai.input.messages': '[{"role":"us', 'llm_trace.span': '{"kind":"llm"}' }));
    expect(meaning.messages).to.deep.equal([
      { role: 'user', origin: 'input', parts: [{ type: 'text', text: '[{"role":"us' }] },
    ]);
  });
});
