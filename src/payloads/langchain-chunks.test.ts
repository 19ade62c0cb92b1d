import { expect } from '@open-wc/testing';
import { messagesOf } from './index.js';
import { mergedChunks } from './langchain-chunks.js';

const chunk = (fields: object) => ({ type: 'AIMessageChunk', id: 'run-1', content: '', ...fields });

describe('chunks of LangChain messages', () => {
  it('are put together: Anthropic’s thinking, text and calls', () => {
    const merged = mergedChunks([
      chunk({ content: [], usage_metadata: { input_tokens: 12, output_tokens: 1, total_tokens: 13 } }),
      chunk({ content: [{ type: 'thinking', thinking: 'Let me ', index: 0 }] }),
      chunk({ content: [{ type: 'thinking', thinking: 'see', index: 0 }] }),
      chunk({ content: [{ type: 'text', text: 'I will ', index: 1 }] }),
      chunk({ content: [{ type: 'text', text: 'look', index: 1 }] }),
      chunk({
        content: [{ type: 'tool_use', id: 'c1', name: 'find', input: '', index: 2 }],
        tool_call_chunks: [{ id: 'c1', name: 'find', args: '', index: 2 }],
      }),
      chunk({
        content: [{ type: 'input_json_delta', input: '{"a":1}', index: 2 }],
        tool_call_chunks: [{ id: null, name: null, args: '{"a":1}', index: 2 }],
        usage_metadata: { input_tokens: 0, output_tokens: 6, total_tokens: 6, output_token_details: { reasoning: 2 } },
        response_metadata: { stop_reason: 'tool_use' },
      }),
    ])!;
    expect(merged['usage_metadata']).to.deep.equal({
      __proto__: null,
      input_tokens: 12,
      output_tokens: 7,
      total_tokens: 19,
      output_token_details: { __proto__: null, reasoning: 2 },
    });
    expect(messagesOf(merged, 'output')).to.deep.equal([
      {
        role: 'assistant',
        origin: 'output',
        finishReason: 'tool_use',
        parts: [
          { type: 'reasoning', text: 'Let me see' },
          { type: 'text', text: 'I will look' },
          { type: 'tool-call', id: 'c1', name: 'find', arguments: { a: 1 } },
        ],
      },
    ]);
  });

  it('are put together where their pieces have no index, and plain text is text', () => {
    const pieces = [{ args: '{"a"', id: 'c1', name: 'find' }, { args: ':1}' }];
    const merged = mergedChunks(pieces.map((piece) => chunk({ content: 'x', tool_call_chunks: [piece] })))!;
    expect(merged['content']).to.equal('xx');
    expect(merged['tool_calls']).to.deep.equal([{ id: 'c1', name: 'find', args: { a: 1 } }]);
  });

  it('are told from whole messages', () => {
    expect(mergedChunks([chunk({}), { type: 'ai', content: 'whole' }])).to.equal(undefined);
    expect(mergedChunks([])).to.equal(undefined);
  });

  it('write no key of theirs into an object of ours', () => {
    const hostile = JSON.parse('{"__proto__":{"polluted":1},"input_tokens":1}') as object;
    mergedChunks([chunk({ usage_metadata: hostile, response_metadata: hostile, content: [hostile] })]);
    expect(({} as { polluted?: unknown }).polluted).to.equal(undefined);
  });

  it('keep what each of their pieces cites', () => {
    const piece = (text: string, url: string) => ({
      type: 'text',
      index: 0,
      text,
      annotations: [{ type: 'citation', url }],
    });
    const whole = mergedChunks([
      chunk({
        content: [piece('It', 'https://example.org/a')],
        additional_kwargs: { citations: ['https://example.org/c'] },
      }),
      chunk({ content: [piece(' is.', 'https://example.org/b')] }),
    ]);
    const urls = ['https://example.org/a', 'https://example.org/b', 'https://example.org/c'];
    expect(messagesOf([whole], 'output')![0]!.parts).to.deep.equal([
      { type: 'text', text: 'It is.', citations: urls.map((url) => ({ url })) },
    ]);
  });
});
