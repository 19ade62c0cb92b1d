import { expect } from '@open-wc/testing';
import { unusualParameter } from './unusual-parameters.js';

const why = (name: string, value: unknown, output?: number): string | undefined =>
  unusualParameter(name, value, output === undefined ? undefined : { output })?.why;

describe('an unusual parameter', () => {
  it('is far from its default', () => {
    expect(why('temperature', 0.7)).to.equal(undefined);
    expect(why('temperature', 0)).to.equal('unusual');
    expect(unusualParameter('llm.request.temperature', 1.8)).to.deep.equal({ why: 'unusual', usual: 1 });
    expect(why('topP', 1)).to.equal(undefined);
    expect(why('top_p', 0.9)).to.equal('unusual');
    expect(why('frequency_penalty', 0)).to.equal(undefined);
    expect(why('presencePenalty', -1)).to.equal('unusual');
  });

  it('is given where it mostly is not', () => {
    expect(why('seed', 0)).to.equal('unusual');
    expect(why('stop', [])).to.equal(undefined);
    expect(why('stop', ['END'])).to.equal('unusual');
    expect(why('tool_choice', 'auto')).to.equal(undefined);
    expect(why('tool_choice', { type: 'function' })).to.equal('unusual');
    expect(why('parallel_tool_calls', false)).to.equal('unusual');
    expect(why('user', 'u-1')).to.equal(undefined);
  });

  it('is a limit of tokens that was reached', () => {
    expect(why('max_tokens', 100, 99)).to.equal(undefined);
    expect(why('maxOutputTokens', 100, 100)).to.equal('reached');
    expect(why('max_completion_tokens', 100)).to.equal(undefined);
    expect(why('max_tokens', -1, 5)).to.equal(undefined);
  });
});
