import { expect } from '@open-wc/testing';
import { interpret } from './interpret.js';
import { outlineOf, spanRecord } from './test-spans.js';

const RUN = {
  'langsmith.span.kind': 'llm',
  'langsmith.trace.session_id': 'project',
  'gen_ai.operation.name': 'chat',
  'gen_ai.system': 'langchain',
};

describe('LangSmith over OpenTelemetry', () => {
  it('outlines a run', () => {
    expect(
      outlineOf({
        ...RUN,
        'langsmith.metadata.ls_provider': 'openai',
        'langsmith.metadata.ls_model_name': 'gpt-4.1',
        'langsmith.metadata.thread_id': 't1',
        'langsmith.metadata.user_id': 'u1',
        'langsmith.span.tags': 'prod, beta',
        'langsmith.usage_metadata':
          '{"input_tokens":9,"output_tokens":3,"input_token_details":{"cache_read":4},"output_token_details":{"reasoning":1},"input_cost":0.25,"output_cost":0.5}',
      }),
    ).to.deep.equal({
      name: 'work',
      kind: 'llm',
      model: 'gpt-4.1',
      provider: 'openai',
      usage: { input: 9, output: 3, total: 12, cacheRead: 4, reasoning: 1 },
      cost: 0.75,
      sessionId: 't1',
      userId: 'u1',
      tags: ['prod', 'beta'],
    });
    const retriever = { 'langsmith.span.kind': 'retriever', 'gen_ai.operation.name': 'embeddings' };
    expect(outlineOf(retriever).kind, 'the run’s own type counts').to.equal('retriever');
  });

  it('reads the conversation of a model once', () => {
    const meaning = interpret(
      spanRecord({
        ...RUN,
        'gen_ai.prompt': '{"messages":[[{"type":"human","content":"Hi"}]]}',
        'gen_ai.completion': '{"generations":[[{"text":"Ho","message":{"type":"ai","content":"Ho"}}]]}',
        'langsmith.metadata.ls_temperature': 0.5,
        'langsmith.metadata.lc_hub_repo': 'greeting',
        'langsmith.metadata.lc_hub_commit_hash': 'abc',
      }),
    );
    expect(meaning.messages!.map(({ role, parts }) => [role, parts])).to.deep.equal([
      ['user', [{ type: 'text', text: 'Hi' }]],
      ['assistant', [{ type: 'text', text: 'Ho' }]],
    ]);
    expect(meaning.parameters!.get('temperature')).to.equal(0.5);
    expect(meaning.prompt).to.deep.equal({ name: 'greeting', version: 'abc' });
  });

  it('reads the inputs and outputs of other runs, which are no conversation', () => {
    const tool = interpret(
      spanRecord({
        'langsmith.span.kind': 'tool',
        'gen_ai.prompt': '{"city":"Rome"}',
        'gen_ai.completion': '{"output":"21"}',
      }),
    );
    expect(tool).to.deep.equal({ input: { city: 'Rome' }, output: '21' });
    const retriever = interpret(
      spanRecord({
        'langsmith.span.kind': 'retriever',
        'gen_ai.prompt': '{"query":"x"}',
        'gen_ai.completion': '{"documents":[{"page_content":"first","metadata":{"score":0.5}}]}',
      }),
    );
    expect(retriever.documents).to.deep.equal([{ content: 'first', score: 0.5, metadata: { score: 0.5 } }]);
  });
});
