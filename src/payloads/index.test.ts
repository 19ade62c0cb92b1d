import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { conversation, messagesOf, payloadShapes } from './index.js';
import { toolDefinitions } from './tools.js';
import { documentsOf } from './documents.js';

/** One value of each shape that can be told from the others. */
const OWN: Readonly<Record<string, unknown>> = {
  'OpenTelemetry parts': [{ role: 'user', parts: [{ type: 'text', content: 'Hi' }] }],
  Gemini: { contents: [{ role: 'user', parts: [{ text: 'Hi' }] }] },
  LangChain: [{ type: 'human', content: 'Hi' }],
  'OpenAI responses': { model: 'gpt-5', input: 'Hi' },
  Anthropic: { model: 'claude', system: 'Be brief.', messages: [{ role: 'user', content: 'Hi' }] },
  'AI SDK': { system: 'Be brief.', prompt: 'Hi' },
  Genkit: { messages: [{ role: 'user', content: [{ text: 'Hi' }] }] },
  'OpenAI chat': { choices: [{ message: { role: 'assistant', content: 'Hi' } }] },
};

describe('payload shapes', () => {
  for (const [name, value] of Object.entries(OWN)) {
    it(`${name}: the first shape that knows it is its own`, () => {
      expect(payloadShapes.find((shape) => shape.messages(value, 'input'))?.name).to.equal(name);
    });
    it(`${name}: no other telling shape takes it`, () => {
      // OpenAI's chat shape is the last, and takes any turn with a role and content.
      const takers = payloadShapes.filter((shape) => shape.name !== 'OpenAI chat' && shape.messages(value, 'input'));
      expect(takers.map((shape) => shape.name)).to.deep.equal(name === 'OpenAI chat' ? [] : [name]);
    });
  }

  /** Keys and words that the readers look for, so that random values get past their first look. */
  const key = fc.constantFrom(
    ...['role', 'content', 'parts', 'type', 'text', 'messages', 'input', 'output', 'choices', 'message', 'tool_calls'],
    ...['function', 'name', 'arguments', 'source', 'data', 'kwargs', 'id', 'generations', 'candidates', 'contents'],
    ...[
      'system',
      'prompt',
      'model',
      'summary',
      '__proto__',
      'constructor',
      'toString',
      'audio',
      'toolRequest',
      'functionCall',
    ],
  );
  const word = fc.constantFrom(
    'user',
    'text',
    'tool_use',
    'message',
    'human',
    'image',
    'function_call',
    'reasoning',
    '',
    '[',
  );
  const { json } = fc.letrec((tie) => ({
    json: fc.oneof(
      { maxDepth: 6, withCrossShrink: true },
      fc.constant(null),
      fc.integer(),
      word,
      tie('list'),
      tie('record'),
    ),
    list: fc.array(tie('json'), { maxLength: 4 }),
    record: fc
      .array(fc.tuple(key, tie('json')), { maxLength: 5 })
      .map((entries) => Object.fromEntries(entries) as object),
  }));

  it('throws at no JSON value, and gives sound messages', () => {
    fc.assert(
      fc.property(fc.oneof(json, fc.jsonValue()), (value) => {
        for (const shape of payloadShapes) {
          for (const { role, parts, origin } of shape.messages(value, 'input') ?? []) {
            expect(role).to.be.a('string');
            expect(origin).to.be.oneOf(['input', 'output']);
            for (const part of parts) {
              expect(part.type).to.be.a('string');
              if (part.type === 'text') expect(part.text).to.be.a('string');
            }
          }
        }
        toolDefinitions(value);
        documentsOf(value);
      }),
      { numRuns: 2000 },
    );
  });

  it('survives a value that is nested very deep, and lists that are very long', () => {
    let deep: unknown = 'x';
    for (let depth = 0; depth < 20_000; depth++) deep = { role: 'user', content: [deep] };
    expect(messagesOf(deep, 'input')).to.have.length(1);
    expect(documentsOf([deep])).to.have.length(1);
    const long = Array.from({ length: 200_000 }, () => ({ role: 'user', content: 'x' }));
    expect(messagesOf(long, 'input')).to.have.length(200_000);
  });
});

describe('conversation', () => {
  it('reads JSON text, plain text, and keeps what it does not know', () => {
    expect(conversation('[{"role":"user","content":"Hi"}]', 'input')[0]?.parts).to.deep.equal([
      { type: 'text', text: 'Hi' },
    ]);
    expect(conversation('Hi', 'output')).to.deep.equal([
      { role: 'assistant', origin: 'output', parts: [{ type: 'text', text: 'Hi' }] },
    ]);
    expect(conversation({ odd: 1 }, 'input')[0]?.parts).to.deep.equal([{ type: 'other', value: { odd: 1 } }]);
    for (const nothing of [undefined, null, '', [], '[]']) expect(conversation(nothing, 'input')).to.deep.equal([]);
  });
});
