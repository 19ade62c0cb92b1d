import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { otlp } from '../../elements/test-support.js';
import { readTraces } from '../../formats/index.js';
import type { Span } from '../../model/index.js';
import {
  mayHaveSources,
  olmoTraceSources,
  sharedWords,
  sourcesOf,
  sourcesOfAnswer,
  type AnswerSources,
} from './index.js';

const CHAT = { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'm' };

/** The stretches of an answer as words, with the documents that they lead to. */
const marked = ({ answer, spans, documents }: AnswerSources): string[] =>
  spans.map(
    ({ start, end, documents: places }) =>
      `${answer.slice(start, end)} → ${places.map((place) => documents[place]!.title ?? documents[place]!.id ?? '?').join(', ')}`,
  );

async function callWith(message: object, more: object[] = [], input = 'Ask'): Promise<Span> {
  const [trace] = await readTraces(
    otlp({ id: 'root', start: 0, end: 100 }, ...(more as { id: string }[]), {
      id: 'call',
      parent: 'root',
      start: 50,
      end: 90,
      attributes: {
        ...CHAT,
        'gen_ai.input.messages': JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: input }] }]),
        'langfuse.observation.output': JSON.stringify({ choices: [{ message }] }),
      },
    }),
  );
  return trace!.span('call')!;
}

const retriever = (id: string, ...texts: string[]): object => ({
  id,
  parent: 'root',
  start: 1,
  end: 20,
  attributes: {
    'openinference.span.kind': 'RETRIEVER',
    ...Object.fromEntries(
      texts.flatMap((text, at) => [
        [`retrieval.documents.${at}.document.content`, text],
        [`retrieval.documents.${at}.document.id`, `${id}-${at}`],
        [`retrieval.documents.${at}.document.score`, 0.9 - at / 10],
      ]),
    ),
  },
});

const INFINIGRAM = {
  index: 'olmo',
  inputTokens: ['The', ' sky', ' is', ' blue', ' and', ' the', ' sky', ' is', ' wide'],
  spans: [
    {
      left: 5,
      right: 9,
      length: 4,
      count: 3,
      unigramLogprobSum: -20,
      text: ' the sky is wide',
      documents: [
        {
          documentIndex: 7,
          text: 'So the sky is wide here',
          textSnippet: 'the sky is wide',
          textLong: 'So the sky is wide here, they say',
          metadata: { source: 'c4', metadata: { url: 'https://a.example/7' } },
          blocked: false,
          displayOffsetSnippet: 4,
        },
        { documentIndex: 8, text: 'secret', blocked: true, metadata: {} },
      ],
    },
    { left: 1, right: 4, length: 3, count: 12, unigramLogprobSum: -9, text: ' sky is blue', documents: [] },
  ],
};

const ANSWER = 'One two three. One two three four.';
const PLAYGROUND = {
  index: 'olmo',
  documents: [
    {
      index: '11',
      title: 'High',
      relevanceScore: 5,
      textLong: 'x One two three x',
      snippets: [{ text: 'x One two three', correspondingSpanText: 'One two three' }],
      correspondingSpans: [0],
      source: 'wiki',
      usage: 'Pre-training',
      displayName: 'Wiki',
      sourceUrl: 'https://w.example',
    },
    {
      index: '12',
      title: 'Medium',
      relevanceScore: 3.2,
      textLong: 'b',
      snippets: [],
      correspondingSpans: [1],
      source: 's',
    },
    {
      index: '13',
      title: 'Low',
      relevanceScore: 0.1,
      textLong: 'c',
      snippets: [],
      correspondingSpans: [1],
      source: 's',
    },
  ],
  spans: [
    { text: 'One two three', startIndex: 0, documents: [11], nestedSpans: [] },
    {
      text: 'One two three four',
      startIndex: 4,
      documents: [12, 13],
      nestedSpans: [{ text: 'two three four', startIndex: 5, documents: [13] }],
    },
  ],
};

/** The older answers of the playground. */
const snakes = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(snakes)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value).map(([name, held]) => [
            name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
            snakes(held),
          ]),
        )
      : value;

describe('OLMoTrace', () => {
  it('is read as the infini-gram API answers it: places are found in the tokens', () => {
    const sources = olmoTraceSources(INFINIGRAM)!;
    const read = sourcesOfAnswer(sources, sources.answer);
    expect(marked(read)).to.deep.equal([' sky is blue → ', ' the sky is wide → 7, 8']);
    expect(read.spans[1]!.start).to.equal(19);
    expect(read.documents[0]).to.deep.include({ url: 'https://a.example/7', source: 'c4', times: 1 });
    expect(read.documents[0]!.text).to.contain('they say');
    expect(read.documents[1]!.passages).to.deep.equal([]);
    expect(read.spans[0]!.count).to.equal(12);
  });

  for (const [version, body] of [
    ['5', PLAYGROUND],
    ['3 and 4', snakes(PLAYGROUND)],
  ] as const) {
    it(`is read as version ${version} of the playground answers it, with nested spans and relevance`, () => {
      const sources = olmoTraceSources(body, ANSWER)!;
      const read = sourcesOfAnswer(sources, sources.answer);
      expect(marked(read)).to.deep.equal([
        'One two three → High',
        'One two three four → Medium, Low',
        'two three four → Low',
      ]);
      expect(read.spans.map(({ start }) => start)).to.deep.equal([0, 15, 19]);
      expect(read.documents.map(({ relevance }) => relevance)).to.deep.equal(['high', 'medium', 'low']);
      expect(read.documents[0]!.passages).to.deep.equal([{ text: 'x One two three', match: [2, 15] }]);
    });
  }

  it('is read where a span was given it, and its question has the answer', async () => {
    const [trace] = await readTraces(
      otlp({
        id: 'a',
        start: 0,
        end: 1,
        attributes: {
          'langfuse.observation.input': JSON.stringify({ prompt: 'p', response: ANSWER }),
          'langfuse.observation.output': JSON.stringify(PLAYGROUND),
        },
      }),
    );
    const span = trace!.spans.at(0)!;
    expect(mayHaveSources(span)).to.equal(true);
    const [sources] = sourcesOf(span);
    expect(sources).to.deep.include({ method: 'verbatim', answer: ANSWER, lost: 0 });
    expect(sources!.spans).to.have.length(3);
  });

  it('says what is not in the answer, and throws for nothing', () => {
    expect(sourcesOfAnswer(olmoTraceSources(PLAYGROUND, 'Other words')!, 'Other words')).to.deep.include({
      lost: 3,
      spans: [],
    });
    const shape = fc.record({
      index: fc.jsonValue(),
      inputTokens: fc.jsonValue(),
      documents: fc.oneof(fc.array(fc.oneof(fc.jsonValue(), fc.constant(PLAYGROUND.documents[0]))), fc.jsonValue()),
      spans: fc.oneof(
        fc.array(
          fc.oneof(
            fc.jsonValue(),
            fc.record({
              text: fc.jsonValue(),
              startIndex: fc.jsonValue(),
              left: fc.jsonValue(),
              documents: fc.jsonValue(),
            }),
          ),
        ),
        fc.jsonValue(),
      ),
    });
    fc.assert(
      fc.property(shape, fc.string(), (value, answer) => {
        const sources = olmoTraceSources(value, answer);
        if (!sources) return;
        for (const { start, end, documents } of sourcesOfAnswer(sources, answer).spans) {
          expect(start < end && end <= answer.length).to.equal(true);
          for (const document of documents) expect(document).to.be.below(sources.docs.length);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('sources of an answer', () => {
  it('are the citations of providers, each page once', async () => {
    const span = await callWith({
      role: 'assistant',
      content: 'Cats sleep. Dogs bark.',
      annotations: [
        {
          type: 'url_citation',
          url_citation: { url: 'https://cats.example', title: 'Cats', start_index: 0, end_index: 11 },
        },
        {
          type: 'url_citation',
          url_citation: { url: 'https://dogs.example', title: 'Dogs', start_index: 12, end_index: 22 },
        },
        {
          type: 'url_citation',
          url_citation: { url: 'https://cats.example', title: 'Cats again', start_index: 5, end_index: 22 },
        },
      ],
    });
    const [sources] = sourcesOf(span);
    expect(sources!.method).to.equal('citation');
    expect(marked(sources!)).to.deep.equal(['Cats sleep. → Cats', 'sleep. Dogs bark. → Cats', 'Dogs bark. → Dogs']);
    expect(sources!.documents.map(({ title, times }) => `${title} ${times}`)).to.deep.equal(['Cats 2', 'Dogs 1']);
    expect(mayHaveSources(span)).to.equal(true);
  });

  it('are the documents that the model was given, with the words that stand in both', async () => {
    const fox = 'It is known that the quick brown fox jumps over dogs at night.';
    const span = await callWith(
      { role: 'assistant', content: 'Yes: the QUICK brown fox, jumps over dogs.' },
      [retriever('find', fox, 'Never given to anybody at all.')],
      `Context:\n${fox}\nQuestion: does it?`,
    );
    const [sources] = sourcesOf(span);
    expect(sources!.method).to.equal('retrieval');
    expect(marked(sources!)).to.deep.equal(['the QUICK brown fox, jumps over dogs → find-0']);
    const [{ text, match }] = sources!.documents[0]!.passages as [{ text: string; match: [number, number] }];
    expect(text.slice(...match)).to.equal('the quick brown fox jumps over dogs');
    expect(sources!.documents).to.have.length(1);
    expect(sources!.documents[0]).to.include({ score: 0.9, text: fox });
  });

  it('are none where the model was not given what was found, or nothing was', async () => {
    const span = await callWith({ role: 'assistant', content: 'Yes' }, [
      retriever('find', 'Something else entirely here.'),
    ]);
    expect(sourcesOf(span)).to.deep.equal([]);
    expect(mayHaveSources(span)).to.equal(false);
  });

  it('are those of the internals; a place that is not right is looked for', async () => {
    const [trace] = await readTraces(
      otlp({
        id: 'a',
        start: 0,
        end: 1,
        attributes: {
          ...CHAT,
          'gen_ai.output.messages': JSON.stringify([
            { role: 'assistant', parts: [{ type: 'text', content: 'The sky is blue.' }] },
          ]),
          'llm_trace.internals': JSON.stringify({
            v: 1,
            sources: {
              method: 'influence',
              spans: [
                { start: 0, end: 6, text: 'is blue', docs: [0] },
                { start: 0, end: 4, text: 'gone', docs: [0] },
              ],
              docs: [{ id: '1', snippets: [] }],
            },
          }),
        },
      }),
    );
    const [sources] = sourcesOf(trace!.spans.at(0)!);
    expect(sources).to.include({ method: 'influence', lost: 1 });
    expect(marked(sources!)).to.deep.equal(['is blue → 1']);
  });
});

describe('shared words', () => {
  it('are the same words in both, in whatever they stand', () => {
    const word = fc.constantFrom('a', 'b', 'c', 'über', '天');
    const text = fc.array(word, { maxLength: 40 }).map((words) => words.join(' '));
    const plain = (value: string): string =>
      value
        .toLowerCase()
        .replace(/\P{L}+/gu, ' ')
        .trim();
    fc.assert(
      fc.property(text, fc.array(text, { maxLength: 3 }), (answer, documents) => {
        for (const shared of sharedWords(answer, documents)) {
          const said = plain(answer.slice(...shared.answer));
          expect(said).to.equal(plain(documents[shared.document]!.slice(...shared.place)));
          const whole = plain(documents[shared.document]!).split(' ').length;
          expect(said.split(' ').length).to.be.at.least(Math.min(5, Math.max(3, whole)));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('are found in scripts without spaces, and in long repetitions without a long wait', () => {
    const [shared] = sharedWords('据说今天天气很好。', ['今天天气很好']);
    expect('据说今天天气很好。'.slice(...shared!.answer)).to.equal('今天天气很好');
    expect(sharedWords('a '.repeat(50_000), ['a '.repeat(50_000)])).to.have.length(1);
  });
});
