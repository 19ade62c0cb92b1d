import { expect } from '@open-wc/testing';
import { openAiResponses } from './openai-responses.js';

describe('tools that OpenAI runs', () => {
  const partsOf = (...output: object[]) =>
    openAiResponses.messages({ object: 'response', output }, 'output')?.flatMap(({ parts }) => parts);

  it('are a call, and its result once it has run', () => {
    expect(
      partsOf(
        { type: 'web_search_call', id: 'ws_1', status: 'completed', action: { type: 'search', query: 'news' } },
        { type: 'mcp_call', id: 'mcp_1', name: 'echo', arguments: '{"a":1}', output: 'one', error: null },
        { type: 'mcp_call', id: 'mcp_2', name: 'echo', arguments: '{}', output: null, error: { message: 'no' } },
        { type: 'code_interpreter_call', id: 'ci_1', code: '1+1', outputs: [{ type: 'logs', logs: '2' }] },
        { type: 'shell_call', id: 'sh_1', call_id: 'c1', action: { commands: ['ls'] } },
        { type: 'image_generation_call', id: 'ig_1', result: 'iVBO' },
      ),
    ).to.deep.equal([
      { type: 'tool-call', id: 'ws_1', name: 'web_search', arguments: { type: 'search', query: 'news' } },
      { type: 'tool-call', id: 'mcp_1', name: 'echo', arguments: { a: 1 } },
      { type: 'tool-result', id: 'mcp_1', name: 'echo', result: 'one' },
      { type: 'tool-call', id: 'mcp_2', name: 'echo', arguments: {} },
      { type: 'tool-result', id: 'mcp_2', name: 'echo', result: { message: 'no' }, isError: true },
      { type: 'tool-call', id: 'ci_1', name: 'code_interpreter', arguments: '1+1' },
      { type: 'tool-result', id: 'ci_1', name: 'code_interpreter', result: [{ type: 'logs', logs: '2' }] },
      { type: 'tool-call', id: 'c1', name: 'shell', arguments: { commands: ['ls'] } },
      { type: 'media', modality: 'image', mimeType: 'image/png', data: 'iVBO' },
    ]);
  });

  it('results that are sent back, and items that say nothing', () => {
    const list = { type: 'mcp_list_tools', tools: [] };
    expect(partsOf({ type: 'shell_call_output', call_id: 'c1', output: 'ok' }, list)).to.deep.equal([
      { type: 'tool-result', id: 'c1', result: 'ok' },
      { type: 'other', value: list },
    ]);
  });
});
