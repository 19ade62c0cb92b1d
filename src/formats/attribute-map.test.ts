import { expect } from '@open-wc/testing';
import { attributeMap } from './attribute-map.js';
import { readTraces } from './read-traces.js';

const CHAT = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.request.model': 'gpt-4.1',
  'gen_ai.usage.input_tokens': 5,
  'gen_ai.input.messages': '[{"role":"user","parts":[{"type":"text","content":"Hi"}]}]',
  mine: { any: 'thing' },
};

describe('attributes of one span', () => {
  it('make a trace of one span, named by operation and model', async () => {
    const [trace] = await readTraces(CHAT);
    const span = trace!.spans.at(0)!;
    expect(trace!.format).to.equal('attributes');
    expect([span.name, span.kind, span.model, span.usage?.input]).to.deep.equal(['chat gpt-4.1', 'llm', 'gpt-4.1', 5]);
    expect(span.messages.map(({ role }) => role)).to.deep.equal(['user']);
    expect(span.attributes.get('mine')).to.deep.equal({ any: 'thing' });
    expect(span.raw).to.deep.equal(CHAT);
  });

  it('are recognised by a dotted key that a convention knows', () => {
    expect(attributeMap.detect({ 'openinference.span.kind': 'LLM' })).to.equal(true);
    for (const value of [{ 'a.b': 1 }, { input: 1, output: 2 }, {}, [CHAT], null, 'gen_ai.operation.name', 5]) {
      expect(attributeMap.detect(value), JSON.stringify(value)).to.equal(false);
    }
  });

  it('may have odd values', async () => {
    const [trace] = await readTraces({
      'gen_ai.operation.name': { a: 1 },
      'gen_ai.usage.input_tokens': [],
      'gen_ai.request.model': null,
    });
    expect(trace!.spans.at(0)!.name).to.equal('span');
    expect(trace!.usage).to.equal(undefined);
  });
});
