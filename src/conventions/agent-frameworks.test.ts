import { expect } from '@open-wc/testing';
import { interpret } from './interpret.js';
import { outlineOf, spanRecord } from './test-spans.js';

const turns = (attributes: Readonly<Record<string, unknown>>) =>
  interpret(spanRecord(attributes)).messages?.map(({ role, origin, parts }) => [role, origin, parts]);

describe('Laminar spans', () => {
  it('outlines a call', () => {
    const outline = outlineOf({
      'lmnr.span.type': 'LLM',
      'lmnr.association.properties.session_id': 's',
      'lmnr.association.properties.user_id': 'u',
      'lmnr.association.properties.tags': ['a'],
      'gen_ai.usage.input_cost': 0.25,
      'gen_ai.usage.output_cost': 0.5,
    });
    expect(outline).to.deep.equal({ name: 'work', kind: 'llm', sessionId: 's', userId: 'u', tags: ['a'], cost: 0.75 });
    expect(outlineOf({ 'lmnr.span.type': 'DEFAULT' }).kind).to.equal('span');
    expect(outlineOf({ 'lmnr.span.type': 'EVALUATOR' }).kind).to.equal('evaluator');
  });

  it('reads what went in and out', () => {
    const attributes = {
      'lmnr.span.input': '[{"role":"user","content":"Hi"}]',
      'lmnr.span.output': '{"answer":1}',
    };
    const meaning = interpret(spanRecord(attributes));
    expect([meaning.input, meaning.output]).to.deep.equal([[{ role: 'user', content: 'Hi' }], { answer: 1 }]);
    expect(turns(attributes)).to.deep.equal([['user', 'input', [{ type: 'text', text: 'Hi' }]]]);
  });
});

describe('Google ADK spans', () => {
  const response = {
    content: { role: 'model', parts: [{ text: 'Hello' }] },
    usage_metadata: {
      prompt_token_count: 5,
      candidates_token_count: 3,
      thoughts_token_count: 4,
      total_token_count: 12,
    },
  };
  const attributes = {
    'gcp.vertex.agent.llm_request': JSON.stringify({
      model: 'gemini-2.5-flash',
      config: { system_instruction: 'Be short.', tools: [{ function_declarations: [{ name: 'lookup' }] }] },
      contents: [{ role: 'user', parts: [{ text: 'Hi' }] }],
    }),
    'gcp.vertex.agent.llm_response': JSON.stringify(response),
    'gcp.vertex.agent.session_id': 's',
  };

  it('outlines a call; thoughts are output', () => {
    expect(outlineOf(attributes, 'call_llm')).to.deep.equal({
      name: 'call_llm',
      kind: 'llm',
      sessionId: 's',
      usage: { input: 5, output: 7, total: 12, reasoning: 4 },
    });
    expect(outlineOf({}, 'agent_run [helper]').kind).to.equal('agent');
  });

  it('reads its conversation, tools, and the calls of tools', () => {
    expect(turns(attributes)).to.deep.equal([
      ['system', 'input', [{ type: 'text', text: 'Be short.' }]],
      ['user', 'input', [{ type: 'text', text: 'Hi' }]],
      ['assistant', 'output', [{ type: 'text', text: 'Hello' }]],
    ]);
    expect(interpret(spanRecord(attributes)).tools).to.deep.equal([{ name: 'lookup' }]);
    const tool = interpret(
      spanRecord({
        'gcp.vertex.agent.llm_request': '{}',
        'gcp.vertex.agent.tool_call_args': '{"q":"x"}',
        'gcp.vertex.agent.tool_response': '{"result":"y"}',
      }),
    );
    expect([tool.input, tool.output]).to.deep.equal([{ q: 'x' }, { result: 'y' }]);
  });
});

describe('LiveKit spans', () => {
  for (const pii of ['', 'pii.']) {
    it(`reads a call written under lk.${pii}`, () => {
      const attributes = {
        [`lk.${pii}chat_ctx`]: JSON.stringify({
          items: [
            { id: 'a', type: 'message', role: 'user', content: ['Hi'] },
            { type: 'function_call', call_id: 'c1', name: 'search', arguments: '{"q":"x"}' },
            { type: 'function_call_output', call_id: 'c1', name: 'search', output: 'found' },
          ],
        }),
        [`lk.${pii}response.text`]: 'Hello',
        'lk.function_tools': ['search'],
        'lk.llm_metrics':
          '{"ttft":0.25,"prompt_tokens":9,"completion_tokens":2,"total_tokens":11,"prompt_cached_tokens":3}',
      };
      expect(outlineOf(attributes, 'llm_request')).to.deep.equal({
        name: 'llm_request',
        kind: 'llm',
        timeToFirstToken: 250,
        usage: { input: 9, output: 2, total: 11, cacheRead: 3 },
      });
      expect(turns(attributes)).to.deep.equal([
        ['user', 'input', [{ type: 'text', text: 'Hi' }]],
        ['assistant', 'input', [{ type: 'tool-call', id: 'c1', name: 'search', arguments: { q: 'x' } }]],
        ['tool', 'input', [{ type: 'tool-result', id: 'c1', name: 'search', result: 'found' }]],
        ['assistant', 'output', [{ type: 'text', text: 'Hello' }]],
      ]);
      expect(interpret(spanRecord(attributes)).tools).to.deep.equal([{ name: 'search' }]);
    });
  }

  it('reads a tool', () => {
    const attributes = { 'lk.function_tool.name': 'search', 'lk.function_tool.arguments': '{"q":"x"}', 'lk.function_tool.output': 'y' }; // prettier-ignore
    expect(outlineOf(attributes, 'function_tool').kind).to.equal('tool');
    const { input, output } = interpret(spanRecord(attributes));
    expect([input, output]).to.deep.equal([{ q: 'x' }, 'y']);
  });
});

describe('Orq.ai spans', () => {
  it('outlines by substring of the type, with billing', () => {
    const outline = outlineOf({
      'orq.span_type': 'span.chat_completion',
      'orq.model.id': 'gpt-4o',
      'orq.model.provider': 'openai',
      'orq.billing.input_cost': 0.25,
      'orq.billing.output_cost': 0.25,
      'orq.thread_id': 't',
      'orq.identity_id': 'u',
    });
    expect(outline).to.deep.equal({ name: 'work', kind: 'llm', model: 'gpt-4o', provider: 'openai', cost: 0.5, sessionId: 't', userId: 'u' }); // prettier-ignore
    expect(outlineOf({ 'orq.span_type': 'span.agent_tool' }).kind).to.equal('tool');
  });

  it('reads prompt and scores', () => {
    const meaning = interpret(
      spanRecord({
        'orq.prompt_id': 'p',
        'orq.variables': '{"a":1}',
        'orq.evaluator.name': 'tone',
        'orq.evaluator.score': '0.5',
      }),
    );
    expect(meaning.prompt).to.deep.equal({ name: 'p', variables: { a: 1 } });
    expect(meaning.scores).to.deep.equal([{ name: 'tone', value: 0.5 }]);
  });
});

describe('HoneyHive spans', () => {
  it('reads both spellings', () => {
    const flat = { honeyhive_event_type: 'tool', 'honeyhive_inputs._params_.q': 'x', 'honeyhive_outputs.result': 'y' };
    const json = { honeyhive_event_type: 'tool', honeyhive_inputs: '{"_params_":{"q":"x"}}', honeyhive_outputs: '{"result":"y"}' }; // prettier-ignore
    for (const attributes of [flat, json]) {
      expect(outlineOf(attributes).kind).to.equal('tool');
      const { input, output } = interpret(spanRecord(attributes));
      expect([input, output]).to.deep.equal([{ q: 'x' }, 'y']);
    }
  });
});
