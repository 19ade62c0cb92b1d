import { expect } from '@open-wc/testing';
import { judged, SPAN_ID, valueOf } from '../../test/evaluation.js';
import { answered, recordedTrace } from '../../test/recorded-trace.js';
import { answerLength, evaluate, validJson } from './index.js';

describe('validJson', () => {
  const schema = { type: 'object', required: ['city'], properties: { city: { type: 'string' }, days: { minimum: 1 } } };

  it('tells JSON that fits from JSON that does not, and from what is none', async () => {
    expect(await valueOf(validJson({ schema }), '{"city":"Paris"}')).to.equal(1);
    const wrong = await judged(validJson({ schema }), '{"city":1,"days":0}');
    expect(wrong!.value).to.equal(0);
    expect(wrong!.explanation!.split('\n').map((line) => line.split(':')[0])).to.deep.equal(['#/city', '#/days']);
    expect(await valueOf(validJson({ schema }), 'Paris')).to.equal(0);
    expect(await valueOf(validJson(), '```json\n{}\n```')).to.equal(0);
    expect(await valueOf(validJson(), '[1]')).to.equal(1);
  });

  it('fails, and nothing else does, where JSON is too deep for the validator', async () => {
    const deep = recordedTrace(answered(SPAN_ID, '['.repeat(50_000) + ']'.repeat(50_000)));
    const evaluators = [validJson({ schema: { items: { $ref: '#' } } }), answerLength({ min: 1 })];
    const { scores, failures } = await evaluate(deep, evaluators);
    expect(failures.map(({ evaluator }) => evaluator)).to.deep.equal(['valid JSON']);
    expect(scores.map(({ score }) => score.name)).to.deep.equal(['length']);
  });
});
