import { expect } from '@open-wc/testing';
import { emptyOutline } from '../model/span-outline.js';
import type { SpanOutline } from '../model/index.js';
import { firstConventions } from './first-conventions.js';
import { OutlineDraft } from './outline-draft.js';
import { furtherOutlines, isFurtherKey, isFurtherName } from './outlines.js';

const outlineOf = (attributes: Readonly<Record<string, unknown>>): SpanOutline => {
  const draft = new OutlineDraft();
  for (const [key, value] of Object.entries(attributes)) draft.attribute(key, value);
  const outline = emptyOutline();
  draft.writeTo(outline);
  return outline;
};

/** What is loaded once can be seen once: these are one story. */
describe('Vocabularies that are not there at first', () => {
  const span = { 'gen_ai.request.model': 'asked', 'langfuse.observation.type': 'guardrail', 'ai.model.provider': 'p' };

  it('say nothing before they are loaded, and the first ones do', () => {
    expect(furtherOutlines.isThere).to.equal(false);
    const { kind, model, provider } = outlineOf(span);
    expect({ kind, model, provider }).to.deep.equal({ kind: 'span', model: 'asked', provider: undefined });
  });

  it('say all that they know once they are', async () => {
    await furtherOutlines.load();
    expect(furtherOutlines.isThere).to.equal(true);
    const { kind, model, provider } = outlineOf(span);
    expect({ kind, model, provider }).to.deep.equal({ kind: 'guardrail', model: 'asked', provider: 'p' });
  });

  it('are met by each of their keys, and by none of the first ones', async () => {
    const { conventions } = await import('./registry.js');
    const firstKeys = new Set(firstConventions.flatMap(({ outline }) => [...outline.keys()]));
    const further = conventions.filter((convention) => !firstConventions.includes(convention));
    expect(further.length + firstConventions.length).to.equal(conventions.length);
    const keys = further.flatMap(({ outline, metadataPrefix }) => [
      ...outline.keys(),
      ...(metadataPrefix === undefined ? [] : [`${metadataPrefix}entry`]),
    ]);
    expect(keys.filter((key) => !firstKeys.has(key) && !isFurtherKey(key))).to.deep.equal([]);
    expect([...firstKeys].filter(isFurtherKey)).to.deep.equal([]);
    expect(['http.request.method', 'ai', 'airline.name', 'gen_ai.usage.cost'].filter(isFurtherKey)).to.deep.equal([]);
  });

  it('are met by the names of spans that tell their kind', () => {
    for (const name of ['ai.generateText', 'agent_run [a]', 'call_llm', 'execute_tool x', 'agent_turn', 'llm_node']) {
      expect(isFurtherName(name), name).to.equal(true);
    }
    for (const name of ['assistant_turn', 'function_tool', 'llm_request', 'agent_session']) {
      expect(isFurtherName(name), name).to.equal(true);
    }
    expect(isFurtherName('chat gpt')).to.equal(false);
  });
});
