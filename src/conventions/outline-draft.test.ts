import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import type { SpanOutline } from '../model/index.js';
import { WholeOutlineDraft as OutlineDraft } from './whole-outline-draft.js';
import { conventions } from './registry.js';
import { outlineOf } from './test-spans.js';

describe('OutlineDraft', () => {
  it('believes the better rank, in whatever order the attributes come', () => {
    const attributes = { 'gen_ai.request.model': 'asked', 'gen_ai.response.model': 'used', 'llm.model_name': 'named' };
    const reversed = Object.fromEntries(Object.entries(attributes).reverse());
    expect(outlineOf(attributes).model).to.equal('used');
    expect(outlineOf(reversed).model).to.equal('used');
  });

  it('follows the order of kinds: vendor, operation, name, request type, and what is left', () => {
    const all = {
      'llm.request.type': 'rerank',
      'ai.operationId': 'ai.toolCall',
      'gen_ai.operation.name': 'retrieval',
      'openinference.span.kind': 'GUARDRAIL',
    };
    const kinds = Object.keys(all).map(
      (_, count) => outlineOf(Object.fromEntries(Object.entries(all).slice(0, count + 1))).kind,
    );
    expect(kinds).to.deep.equal(['reranker', 'tool', 'retriever', 'guardrail']);
    expect(outlineOf({ 'gen_ai.response.model': 'm', 'gen_ai.usage.input_tokens': 1 }).kind).to.equal('llm');
    expect(outlineOf({ 'gen_ai.response.model': 'm' }).kind).to.equal('span');
  });

  it('forgets one span before the next', () => {
    const draft = new OutlineDraft();
    draft.attribute('gen_ai.response.model', 'm');
    draft.reset();
    const outline = { name: 'work' } as SpanOutline;
    draft.writeTo(outline);
    expect(outline.model).to.equal(undefined);
  });

  it('takes no count that is none', () => {
    for (const value of [-1, '', ' ', 'many', NaN, Infinity, null, {}, [], true]) {
      expect(outlineOf({ 'gen_ai.usage.input_tokens': value }).usage).to.equal(undefined);
    }
    expect(outlineOf({ 'gen_ai.usage.input_tokens': 7n }).usage).to.deep.equal({ input: 7 });
  });

  it('throws at no value of any attribute that it knows', () => {
    const keys = conventions.flatMap(({ outline }) => [...outline.keys()]);
    const value = fc.oneof(fc.jsonValue(), fc.json(), fc.bigInt());
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...keys), value)), fc.string(), (attributes, name) => {
        const { kind, usage } = outlineOf(Object.fromEntries(attributes), name);
        expect(kind).to.be.a('string');
        for (const tokens of Object.values(usage ?? {})) expect(tokens).to.be.at.least(0);
      }),
      { numRuns: 1000 },
    );
  });
});
