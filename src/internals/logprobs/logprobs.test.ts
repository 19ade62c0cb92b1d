import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import OpenAI from 'openai';
import { streamsIn } from '../../payloads/streams/streams.js';
import { RecordedSpans } from '../../test/recorded-spans.js';
import { createTracer } from '../../tracer/index.js';
import { wrapOpenAI } from '../../tracer/integrations/openai.js';
import { internalsOfPayload, readInternals, type Internals } from '../index.js';
import { mayHaveLogprobs } from './find.js';

const bytesOf = (text: string): number[] => [...new TextEncoder().encode(text)];
const token = (
  text: string,
  logprob: number,
  top: [string, number][] = [],
  bytes: number[] | null = bytesOf(text),
): object => ({
  token: text,
  bytes,
  logprob,
  top_logprobs: top.map(([other, value]) => ({ token: other, bytes: bytesOf(other), logprob: value })),
});
const chat = (...content: object[]): object => ({
  choices: [{ index: 0, message: { content: '' }, logprobs: { content } }],
});
const read = (payload: unknown): Internals => internalsOfPayload(payload)!;
const shownOf = ({ tokens, output }: Internals): unknown[] =>
  tokens!.text.map((text, at) => [text, output!.logprob?.[at] ?? null, output!.rank?.[at] ?? null]);

describe('logprobs in payloads', () => {
  it('are read from OpenAI’s chat, with the place among the most likely', () => {
    const internals = read(
      chat(
        token('Hi', -0.1, [
          ['Hi', -0.1],
          ['Oh', -2.5],
        ]),
        token('!', -3, [
          ['.', -0.2],
          ['!', -3],
        ]),
        token('?', -9999, [['.', -0.1]]),
      ),
    );
    expect(shownOf(internals)).to.deep.equal([
      ['Hi', -0.1, 1],
      ['!', -3, 2],
      ['?', null, null],
    ]);
    expect(internals.output!.dist).to.equal('unknown');
    expect(internals.output!.top!.text[0]).to.deep.equal(['Hi', 'Oh']);
  });

  it('are read from refusals, and from the first of several choices, which is said', () => {
    const refused = { choices: [{ logprobs: { content: null, refusal: [token('No', -1)] } }, { logprobs: null }] };
    expect(shownOf(read(refused))).to.deep.equal([['No', -1, null]]);
    expect(read(refused).capture!.dropped).to.deep.equal(['other choices']);
  });

  it('are joined where a character is spread over tokens', () => {
    const rocket = bytesOf('🚀!');
    const internals = read(
      chat(
        token('a', -1),
        token('\\xf0\\x9f', -2, [], rocket.slice(0, 2)),
        token('\\x9a', -3, [], rocket.slice(2, 3)),
        token('\\x80!', -4, [], rocket.slice(3)),
      ),
    );
    expect(internals.tokens).to.deep.equal({
      text: ['a', '🚀', '', '!'],
      split: 0,
      cont: [2, 3],
      bytes: [null, rocket.slice(0, 2), rocket.slice(2, 3), rocket.slice(3)],
    });
  });

  it('are read from OpenAI’s older completions', () => {
    const logprobs = {
      tokens: ['a', 'b'],
      token_logprobs: [null, -2],
      top_logprobs: [null, { c: -0.5, b: -2 }],
      text_offset: [0, 1],
    };
    expect(shownOf(read({ choices: [{ text: 'ab', logprobs }] }))).to.deep.equal([
      ['a', null, null],
      ['b', -2, 2],
    ]);
  });

  it('are read from OpenAI’s responses, one part after the other', () => {
    const part = (text: string): object => ({ type: 'output_text', text, logprobs: [token(text, -1)] });
    const internals = read({ output: [{ type: 'reasoning' }, { type: 'message', content: [part('a'), part('b')] }] });
    expect(internals.tokens!.text).to.deep.equal(['a', 'b']);
  });

  it('are read from vLLM: prompts by their ids, tokens that are ids', () => {
    const place = (id: number, rank: number, logprob: number, text: string): object => ({
      [id]: { logprob, rank, decoded_token: text },
    });
    const prompt_logprobs = [null, { ...place(7, 1, -0.2, ' the'), ...place(3, 4, -3, ' cat') }];
    const answer = { choices: [{ logprobs: { content: [token('token_id:12', -1)] } }] };
    const told = read({ ...answer, prompt_logprobs, prompt_token_ids: [1, 7] });
    expect(shownOf(told)).to.deep.equal([
      ['', null, null],
      [' the', -0.2, 1],
      ['token_id:12', -1, null],
    ]);
    expect(told.tokens!.split).to.equal(2);
    expect(told.tokens!.id).to.deep.equal([1, 7, 12]);
    const byRank = read({ ...answer, prompt_logprobs });
    expect(byRank.tokens!.text.slice(0, 2), 'the one beyond the others').to.deep.equal(['', ' cat']);
    const unsure = read({ ...answer, prompt_logprobs: [null, { ...place(7, 1, -0.2, 'a'), ...place(3, 2, -3, 'b') }] });
    expect(unsure.tokens!.split).to.equal(0);
    expect(unsure.capture!.dropped).to.deep.equal(['prompt']);
  });

  it('are read from three generations of llama.cpp', () => {
    const old = read({
      content: 'B',
      completion_probabilities: [
        {
          content: 'B',
          probs: [
            { tok_str: 'C', prob: 0.5 },
            { tok_str: 'B', prob: 0.25 },
          ],
        },
      ],
    });
    expect(shownOf(old)).to.deep.equal([['B', Math.log(0.25), 2]]);
    expect(old.output!.dist).to.equal('unknown');
    const raw = read({
      completion_probabilities: [
        {
          id: 5,
          token: 'B',
          bytes: [66],
          logprob: -1,
          top_logprobs: [{ id: 5, token: 'B', bytes: [66], logprob: -1 }],
        },
      ],
    });
    expect([raw.output!.dist, raw.tokens!.id, raw.output!.top!.id]).to.deep.equal(['raw', [5], [[5]]]);
    const sampled = read({
      completion_probabilities: [
        {
          id: 5,
          token: 'B',
          bytes: [66],
          prob: 1,
          top_probs: [
            { id: 5, token: 'B', bytes: [66], prob: 1 },
            { id: 6, token: 'C', prob: 0 },
          ],
        },
      ],
    });
    expect(shownOf(sampled)).to.deep.equal([['B', 0, 1]]);
    expect(sampled.output!.dist).to.equal('processed');
    expect(sampled.output!.top!.text).to.deep.equal([['B']]);
  });

  it('are read from Gemini, in both spellings; the mean where there is no more', () => {
    const chosen = [{ token: 'Hi', tokenId: 9, logProbability: -0.5 }];
    const top = [
      {
        candidates: [
          { token: 'Hi', tokenId: 9, logProbability: -0.5 },
          { token: 'Oh', tokenId: 4, logProbability: -1 },
        ],
      },
    ];
    const camel = read({
      candidates: [{ avgLogprobs: -0.5, logprobsResult: { chosenCandidates: chosen, topCandidates: top } }],
    });
    expect(shownOf(camel)).to.deep.equal([['Hi', -0.5, 1]]);
    const snake = read({
      candidates: [{ logprobs_result: { chosen_candidates: [{ token: 'Hi', token_id: 9, log_probability: -0.5 }] } }],
    });
    expect(snake.tokens).to.deep.equal({ text: ['Hi'], split: 0, id: [9] });
    const mean = read({ candidates: [{ avgLogprobs: -0.25 }] });
    expect(mean.tokens).to.equal(undefined);
    expect(mean.output!.mean).to.equal(-0.25);
  });

  it('are found where frameworks put them, and nowhere else', () => {
    const list = [token('Hi', -1)];
    expect(
      shownOf(
        read({ generations: [[{ message: { kwargs: { response_metadata: { logprobs: { content: list } } } } }]] }),
      ),
    ).to.have.length(1);
    expect(shownOf(read({ providerMetadata: { openai: { logprobs: list } } }))).to.have.length(1);
    expect(shownOf(read({ model: 'm', done: true, logprobs: list }))).to.have.length(1);
    for (const payload of [
      'text',
      null,
      5,
      { logprobs: null },
      { logprobs: true },
      { choices: [{ logprobs: null }] },
      [[]],
    ]) {
      expect(internalsOfPayload(payload), JSON.stringify(payload)).to.equal(undefined);
    }
    expect(mayHaveLogprobs({ choices: [{ message: { content: 'logprobs' }, logprobs: null }] })).to.equal(false);
  });

  it('are always what internals have to be, whatever a payload holds', () => {
    const anything = fc.jsonValue({ maxDepth: 3 });
    const shape = fc.oneof(
      fc.record({
        choices: fc.array(
          fc.record({
            logprobs: fc.oneof(
              anything,
              fc.record({
                content: fc.array(
                  fc.oneof(
                    anything,
                    fc.record({
                      token: anything,
                      logprob: fc.oneof(anything, fc.double()),
                      bytes: fc.oneof(anything, fc.array(fc.nat(300))),
                      top_logprobs: anything,
                    }),
                  ),
                ),
              }),
              fc.record({ tokens: fc.array(anything), token_logprobs: anything, top_logprobs: anything }),
            ),
          }),
        ),
        prompt_logprobs: anything,
      }),
      fc.record({
        completion_probabilities: fc.array(
          fc.oneof(
            anything,
            fc.record({ token: fc.string(), prob: fc.double(), top_probs: anything, probs: anything }),
          ),
        ),
      }),
      fc.record({
        candidates: fc.array(
          fc.record({
            avgLogprobs: anything,
            logprobsResult: fc.record({
              chosenCandidates: fc.array(
                fc.oneof(anything, fc.record({ token: anything, logProbability: fc.double() })),
              ),
              topCandidates: anything,
            }),
          }),
        ),
      }),
    );
    fc.assert(
      fc.property(shape, (payload) => {
        const internals = internalsOfPayload(payload);
        return internals === undefined || readInternals(internals).problems.length === 0;
      }),
    );
  });
});

describe('logprobs in streams', () => {
  const whole = (chunks: unknown[]): unknown => [...streamsIn(chunks)][0]!.body;

  it('are put together: chat, refusals, completions, responses that were cut off, Gemini, Ollama', () => {
    const chunk = (logprobs: object): object => ({
      object: 'chat.completion.chunk',
      id: 'c',
      choices: [{ index: 0, delta: { content: 'x' }, logprobs }],
    });
    expect(
      read(whole([chunk({ content: [token('a', -1)], refusal: null }), chunk({ content: [token('b', -2)] })])).tokens!
        .text,
    ).to.deep.equal(['a', 'b']);
    expect(
      read(whole([chunk({ content: null, refusal: [token('N', -1)] }), chunk({ refusal: [token('o', -1)] })])).tokens!
        .text,
    ).to.deep.equal(['N', 'o']);
    const legacy = (text: string): object => ({
      object: 'text_completion',
      id: 'c',
      choices: [{ index: 0, text, logprobs: { tokens: [text], token_logprobs: [-1], top_logprobs: [{ [text]: -1 }] } }],
    });
    expect(shownOf(read(whole([legacy('a'), legacy('b')])))).to.deep.equal([
      ['a', -1, 1],
      ['b', -1, 1],
    ]);
    const delta = (text: string, sequence: number): object => ({
      type: 'response.output_text.delta',
      sequence_number: sequence,
      output_index: 0,
      content_index: 0,
      delta: text,
      logprobs: [token(text, -1)],
    });
    expect(
      read(whole([{ type: 'response.created', response: { id: 'r', output: [] } }, delta('a', 1), delta('b', 2)]))
        .tokens!.text,
    ).to.deep.equal(['a', 'b']);
    const gemini = (text: string): object => ({
      responseId: 'g',
      candidates: [
        {
          index: 0,
          content: { parts: [{ text }] },
          logprobsResult: { chosenCandidates: [{ token: text, logProbability: -1 }] },
        },
      ],
    });
    expect(read(whole([gemini('a'), gemini('b')])).tokens!.text).to.deep.equal(['a', 'b']);
    const ollama = (text: string, done = false): object => ({
      model: 'm',
      created_at: 't',
      message: { role: 'assistant', content: text },
      logprobs: [token(text, -1)],
      done,
    });
    expect(read(whole([ollama('a'), ollama('b', true)])).tokens!.text).to.deep.equal(['a', 'b']);
  });

  it('are kept by a wrapped client, beside an answer without them', async () => {
    const sink = new RecordedSpans();
    const tracer = createTracer({ store: sink });
    const chunk = (text: string): string =>
      `data: ${JSON.stringify({ object: 'chat.completion.chunk', id: 'c', model: 'm', choices: [{ index: 0, delta: { content: text }, logprobs: { content: [token(text, -0.5, [[text, -0.5]])] } }] })}\n\n`;
    const client = new OpenAI({
      apiKey: 'none',
      dangerouslyAllowBrowser: true,
      fetch: () =>
        Promise.resolve(
          new Response(`${chunk('Hel')}${chunk('lo')}data: [DONE]\n\n`, {
            headers: { 'content-type': 'text/event-stream' },
          }),
        ),
    });
    const stream = await wrapOpenAI(client, { tracer }).chat.completions.create({
      model: 'm',
      messages: [{ role: 'user', content: '?' }],
      stream: true,
      logprobs: true,
    });
    let chunks = 0;
    for await (const { choices } of stream) chunks += choices.length;
    expect(chunks).to.equal(2);
    await tracer.flush();
    const [span] = sink.spans;
    const { internals } = readInternals(span!.attributes!['llm_trace.internals']);
    expect(shownOf(internals!)).to.deep.equal([
      ['Hel', -0.5, 1],
      ['lo', -0.5, 1],
    ]);
    expect(JSON.stringify(span!.output)).not.to.contain('logprob');
    expect(JSON.stringify(span!.output)).to.contain('Hello');
  });
});
