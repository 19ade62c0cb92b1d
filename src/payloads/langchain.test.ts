import { expect } from '@open-wc/testing';
import { langChain } from './langchain.js';

const serialised = (name: string, kwargs: object) => ({
  lc: 1,
  type: 'constructor',
  id: ['langchain', 'schema', 'messages', name],
  kwargs,
});

describe('LangChain', () => {
  it('reads serialised messages in a batch', () => {
    const messages = langChain.messages(
      {
        messages: [
          [
            serialised('SystemMessage', { content: 'Be brief.' }),
            serialised('HumanMessage', { content: 'Hi', name: 'ann' }),
            serialised('AIMessage', {
              content: [
                { type: 'text', text: 'Wait.' },
                { type: 'tool_use', id: 'c1', name: 'look', input: { at: 'it' } },
              ],
              tool_calls: [{ id: 'c1', name: 'look', args: { at: 'it' }, type: 'tool_call' }],
              invalid_tool_calls: [{ id: 'c2', name: 'look', args: '{broken', error: 'no JSON' }],
              response_metadata: { stop_reason: 'tool_use' },
            }),
            serialised('ToolMessage', { content: 'a cat', tool_call_id: 'c1', name: 'look', status: 'error' }),
          ],
        ],
      },
      'input',
    );
    expect(messages).to.deep.equal([
      { role: 'system', origin: 'input', parts: [{ type: 'text', text: 'Be brief.' }] },
      { role: 'user', origin: 'input', name: 'ann', parts: [{ type: 'text', text: 'Hi' }] },
      {
        role: 'assistant',
        origin: 'input',
        finishReason: 'tool_use',
        parts: [
          { type: 'text', text: 'Wait.' },
          { type: 'tool-call', id: 'c1', name: 'look', arguments: { at: 'it' } },
          { type: 'tool-call', id: 'c2', name: 'look', arguments: '{broken' },
        ],
      },
      {
        role: 'tool',
        origin: 'input',
        name: 'look',
        parts: [{ type: 'tool-result', id: 'c1', name: 'look', result: 'a cat', isError: true }],
      },
    ]);
  });

  it('reads the two plain spellings, and keeps what is no message', () => {
    const expected = [
      { role: 'user', origin: 'input', parts: [{ type: 'text', text: 'Hi' }] },
      { role: 'assistant', origin: 'input', parts: [{ type: 'text', text: 'Hello' }] },
    ];
    const flat = [
      { type: 'human', content: 'Hi' },
      { type: 'ai', content: 'Hello', tool_calls: [] },
    ];
    const nested = [
      { type: 'human', data: { content: 'Hi' } },
      { type: 'ai', data: { content: 'Hello' } },
    ];
    expect(langChain.messages(flat, 'input')).to.deep.equal(expected);
    expect(langChain.messages(nested, 'input')).to.deep.equal(expected);
    expect(langChain.messages([...flat, null, 7], 'input')?.[2]?.parts).to.deep.equal([{ type: 'other', value: 7 }]);
  });

  it('reads generations, and calls that only the provider listed', () => {
    const call = { id: 'c1', type: 'function', function: { name: 'look', arguments: '{}' } };
    const message = serialised('AIMessageChunk', { content: '', additional_kwargs: { tool_calls: [call] } });
    expect(langChain.messages({ generations: [[{ text: '', message }, { text: 'Or this.' }]] }, 'input')).to.deep.equal(
      [
        { role: 'assistant', origin: 'output', parts: [{ type: 'tool-call', id: 'c1', name: 'look', arguments: {} }] },
        { role: 'assistant', origin: 'output', parts: [{ type: 'text', text: 'Or this.' }] },
      ],
    );
  });

  it('leaves turns that have a role, and other serialised objects', () => {
    expect(langChain.messages([{ role: 'user', content: 'Hi', type: 'human' }], 'input')).to.equal(undefined);
    expect(langChain.messages(serialised('PromptTemplate', { template: '{x}' }), 'input')).to.equal(undefined);
  });

  it('reads what a text cites, in its own words, the provider’s, and beside the content', () => {
    const own = {
      type: 'citation',
      url: 'https://example.org/a',
      title: 'Page',
      start_index: 0,
      end_index: 3,
      cited_text: 'Said there.',
    };
    const camel = {
      type: 'citation',
      source: 'web',
      title: 'Page',
      startIndex: 0,
      endIndex: 3,
      citedText: 'Said there.',
    };
    const block = {
      type: 'text',
      text: 'It is.',
      annotations: [own, camel, { type: 'non_standard_annotation', value: {} }],
    };
    const [blocks, beside] = langChain.messages(
      [
        serialised('AIMessage', { content: [block] }),
        { type: 'ai', content: 'It is.', additional_kwargs: { citations: ['https://example.org/b'] } },
      ],
      'output',
    )!;
    const found = { title: 'Page', text: 'Said there.', start: 0, end: 3 };
    expect(blocks!.parts).to.deep.equal([
      { type: 'text', text: 'It is.', citations: [{ url: 'https://example.org/a', ...found }, found] },
    ]);
    expect(beside!.parts).to.deep.equal([
      { type: 'text', text: 'It is.', citations: [{ url: 'https://example.org/b' }] },
    ]);
  });
});
