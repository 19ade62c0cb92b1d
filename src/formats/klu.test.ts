import { expect } from '@open-wc/testing';
import { onlyTrace, survivesAnything } from '../test/format-checks.js';
import { klu } from './klu.js';

const POINTS = [
  { guid: 'g-1', prompt: 'Why?', completion: 'Because.', created_at: '2026-05-01T10:00:00Z', meta_data: { session_guid: 's-1', model: 'gpt-4', temperature: 0.1, rating: 5, latency: 800 } },
  { guid: 'g-2', prompt: [{ role: 'user', content: 'And?' }], completion: 'So.', created_at: '2026-05-01T10:01:00Z', meta_data: { session_guid: 's-1' } },
]; // prettier-ignore

describe('Klu.ai', () => {
  it('reads data points as calls of a session', () => {
    const trace = onlyTrace(klu, POINTS);
    expect([...trace.spans].map(({ id, name, kind }) => [id, name, kind])).to.deep.equal([
      ['g-1', 'gpt-4', 'llm'],
      ['g-2', 'completion', 'llm'],
    ]);
    expect([trace.id, trace.sessionId]).to.deep.equal(['s-1', 's-1']);
    const call = trace.spans.at(0)!;
    expect([call.duration, call.model, [...call.parameters]]).to.deep.equal([800, 'gpt-4', [['temperature', 0.1]]]);
    expect(call.scores).to.deep.equal([{ name: 'rating', value: 5, source: 'human' }]);
    for (const [index, asked] of [
      [0, 'Why?'],
      [1, 'And?'],
    ] as const) {
      expect(trace.spans.at(index)!.messages[0]).to.deep.equal({ role: 'user', origin: 'input', parts: [{ type: 'text', text: asked }] }); // prettier-ignore
    }
  });

  it('survives anything', () => survivesAnything(klu, POINTS, { data: POINTS }));
});
