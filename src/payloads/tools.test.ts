import { expect } from '@open-wc/testing';
import { toolDefinitions } from './tools.js';

describe('tool definitions', () => {
  it('reads the shapes of all providers', () => {
    const schema = { type: 'object' };
    const expected = { name: 'look', description: 'Looks.', parameters: schema };
    const flat = { name: 'look', description: 'Looks.' };
    expect(
      toolDefinitions([
        { type: 'function', function: { ...flat, parameters: schema } },
        { ...flat, input_schema: schema },
        JSON.stringify({ type: 'function', ...flat, inputSchema: schema }),
        { functionDeclarations: [{ ...flat, parameters: schema }] },
      ]),
    ).to.deep.equal([expected, expected, expected, expected]);
    expect(toolDefinitions('[{"type":"web_search"}]')).to.deep.equal([{ name: 'web_search' }]);
    expect(toolDefinitions([null, 3, {}, { name: 7 }])).to.deep.equal([]);
  });
});
