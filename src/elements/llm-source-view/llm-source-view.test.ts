import { expect, fixture, html } from '@open-wc/testing';
import fc from 'fast-check';
import '../../define/llm-source-view.js';
import '../../define/llm-span-detail.js';
import { readTraces } from '../../formats/index.js';
import '../../i18n/de.js';
import type { InternalsSources } from '../../internals/index.js';
import { maskedInPlace } from '../../internal/masked-in-place.js';
import { forgedValues } from '../../test/forged-values.js';
import { strangeThings } from '../../test/hostile/watch.js';
import { allByRole, allIn, byRole, focused, hasRole, openTab, otlp, settled, textIn, until } from '../test-support.js';
import { answerPieces } from './answer-pieces.js';
import type { LlmSourceView } from './llm-source-view.js';

const ANSWER = 'Cats sleep all day. Dogs bark at night.\nBirds sing.';

const SOURCES: InternalsSources = {
  method: 'verbatim',
  index: 'olmo',
  spans: [
    { start: 0, end: 18, text: 'Cats sleep all day', count: 12, docs: [0, 1] },
    { start: 11, end: 24, text: 'all day. Dogs', docs: [2] },
    { start: 40, end: 51, text: 'Birds sing.', docs: [2] },
  ],
  docs: [
    {
      id: '1',
      title: 'On cats',
      url: 'https://cats.example/a',
      relevance: 'low',
      snippets: [{ text: 'x Cats sleep all day x', match: [2, 20] }],
      text: 'The whole of cats',
    },
    { id: '2', title: 'More cats', source: 'c4', usage: 'Pre-training', relevance: 'high', score: 9, snippets: [] },
    { id: '3', title: 'Days', relevance: 'medium', snippets: [{ text: 'a' }, { text: 'b' }, { text: 'c' }] },
    { id: '4', title: 'On cats, again', url: 'https://cats.example/a', relevance: 'low', snippets: [] },
  ],
};

async function shown(properties: Partial<LlmSourceView>, width = 900): Promise<LlmSourceView> {
  const box = await fixture<HTMLElement>(
    html`<div .style=${`width: ${width}px`}><llm-source-view></llm-source-view></div>`,
  );
  const view = box.querySelector('llm-source-view')!;
  Object.assign(view, properties);
  await settled(view);
  return view;
}

const given = { sources: SOURCES, answer: ANSWER };
const answerOf = (view: LlmSourceView): HTMLElement => allIn(view, '.answer')[0]!;
const marks = (view: LlmSourceView): HTMLElement[] => allByRole(answerOf(view), 'button');
const chosenMarks = (view: LlmSourceView): string[] =>
  marks(view)
    .filter((mark) => mark.ariaPressed === 'true')
    .map(({ textContent }) => textContent);
const documents = (view: LlmSourceView): string[] => allIn(view, '.document .name').map(textIn);
const press = async (view: LlmSourceView, key: string): Promise<void> => {
  focused()!.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }));
  await settled(view);
};

describe('llm-source-view', () => {
  it('shows the whole answer, marks what overlaps, groups documents by relevance, and says what a match is worth', async () => {
    const view = await shown(given);
    expect(
      allIn(view, '.text > *')
        .map(({ textContent }) => textContent)
        .join(''),
    ).to.equal(ANSWER);
    expect(marks(view).map(({ textContent }) => textContent)).to.deep.equal([
      'Cats sleep ',
      'all day',
      '. Dogs',
      'Birds sing.',
    ]);
    expect(marks(view)[1]!.ariaLabel).to.equal('“all day”, 3 documents');
    expect(marks(view).map((mark) => mark.dataset['relevance'])).to.deep.equal(['high', 'high', 'medium', 'medium']);
    expect(documents(view)).to.deep.equal(['More cats', 'Days', 'On cats']);
    const text = textIn(view);
    expect(text)
      .to.contain('Verbatim match, not proof')
      .and.to.contain('High relevance 1')
      .and.to.contain('named 2 times');
    expect(text).to.contain('from c4 · Pre-training · Score 9');
    expect(marks(view)[0]!.title).to.equal('12 times in the corpus');
  });

  it('leads from a passage to its documents and from a document to its passages', async () => {
    const view = await shown(given);
    marks(view)[0]!.click();
    await settled(view);
    expect(documents(view)).to.deep.equal(['More cats', 'On cats']);
    expect(chosenMarks(view)).to.deep.equal(['Cats sleep ', 'all day']);
    expect(textIn(byRole(view, 'status'))).to.contain('2 documents for the chosen passage.');
    byRole(view, 'button', 'Show all').click();
    await settled(view);
    byRole(view, 'button', 'Days').click();
    await settled(view);
    expect(chosenMarks(view)).to.deep.equal(['all day', '. Dogs', 'Birds sing.']);
    expect(documents(view)).to.have.length(3);
    expect(byRole(view, 'button', 'Days').ariaPressed).to.equal('true');
  });

  it('does the same by keys', async () => {
    const view = await shown(given);
    marks(view)[0]!.focus();
    await press(view, 'ArrowRight');
    await press(view, 'ArrowRight');
    expect(focused()).to.equal(marks(view)[2]);
    await press(view, 'Enter');
    expect(documents(view)).to.deep.equal(['Days']);
    expect(marks(view).map(({ tabIndex }) => tabIndex)).to.deep.equal([-1, -1, 0, -1]);
    await press(view, 'Escape');
    expect(documents(view)).to.have.length(3);
    await press(view, 'End');
    expect(focused()).to.equal(marks(view)[3]);
    await press(view, 'Home');
    await press(view, ' ');
    expect(documents(view)).to.deep.equal(['More cats', 'On cats']);
  });

  it('has snippets with what is the same, and the full text once it is asked for', async () => {
    const view = await shown(given);
    const cats = allIn(view, '.document').find((item) => textIn(item).startsWith('On cats'))!;
    expect(allIn(cats, '.match').map(textIn)).to.deep.equal(['Cats sleep all day']);
    expect(allIn(view, 'llm-text-block')).to.deep.equal([]);
    const details = allByRole(cats, 'group').find((item) => item.textContent.includes('Full text'))!;
    details.toggleAttribute('open', true);
    await until(() => textIn(cats).includes('The whole of cats'), 'the text');
  });

  it('follows no link by itself: the address is seen first', async () => {
    const view = await shown(given);
    expect(allIn(view, 'a').every((link) => !link.checkVisibility())).to.equal(true);
    const off = await shown({ ...given, links: 'off' });
    expect(allIn(off, 'a')).to.deep.equal([]);
    expect(textIn(off)).to.contain('https://cats.example/a');
  });

  it('says what is missing: nothing captured, no match, no answer, what is not in the answer', async () => {
    expect(textIn(await shown({}))).to.contain('were not captured');
    expect(textIn(await shown({ sources: { method: 'verbatim', spans: [], docs: [] }, answer: 'Yes' }))).to.contain(
      'No word-for-word match',
    );
    expect(textIn(await shown({ sources: { ...SOURCES, spans: [] }, answer: '' }))).to.contain(
      'The answer itself is not in the record.',
    );
    expect(textIn(await shown({ ...given, answer: 'Birds sing.' }))).to.contain(
      '2 passages of the record are not in this answer.',
    );
  });

  it('is a tab of a call that was given documents: RAG, in German too', async () => {
    const fox = 'the quick brown fox jumps over dogs';
    const [trace] = await readTraces(
      otlp(
        {
          id: 'find',
          start: 0,
          end: 10,
          attributes: {
            'openinference.span.kind': 'RETRIEVER',
            'retrieval.documents.0.document.content': `So ${fox}`,
            'retrieval.documents.0.document.id': 'doc-7',
          },
        },
        {
          id: 'call',
          start: 20,
          end: 30,
          attributes: {
            'openinference.span.kind': 'LLM',
            'llm.input_messages.0.message.role': 'user',
            'llm.input_messages.0.message.content': `Use: So ${fox}`,
            'llm.output_messages.0.message.role': 'assistant',
            'llm.output_messages.0.message.content': `Indeed ${fox}!`,
          },
        },
      ),
    );
    const box = await fixture<HTMLElement>(html`<div lang="de"><llm-span-detail></llm-span-detail></div>`);
    const detail = box.querySelector('llm-span-detail')!;
    detail.span = trace!.span('find');
    await settled(detail);
    expect(hasRole(detail, 'tab', 'Quellen')).to.equal(false);
    detail.span = trace!.span('call');
    await settled(detail);
    await openTab(detail, /Quellen/);
    await until(() => hasRole(detail, 'button', /quick brown fox/), 'the passage');
    expect(textIn(detail)).to.contain('doc-7').and.to.contain('beweist nicht');
  });

  it('covers secrets in answer and documents, and keeps the places', async () => {
    const secret = 'sk-proj-abcdefghijklmnopqrstuvwxyz0123456789ABCD';
    const answer = `Key ${secret}\nBirds sing.`;
    const sources: InternalsSources = {
      ...SOURCES,
      index: secret,
      spans: [
        { start: 0, end: 10, text: answer.slice(0, 10), docs: [0] },
        { start: 53, end: 64, text: 'Birds sing.', docs: [0] },
      ],
      docs: [
        {
          id: secret,
          title: `T ${secret}`,
          url: `https://x.example/${secret}`,
          source: secret,
          snippets: [{ text: secret, match: [0, 9] }],
          text: secret,
        },
      ],
    };
    const view = await shown({ sources, answer, content: 'masked' });
    await until(() => marks(view).some(({ textContent }) => textContent === 'Birds sing.'), 'the answer');
    for (const details of allIn(view, 'details')) details.toggleAttribute('open', true);
    await settled(view);
    for (const root of [view, ...allIn(view, 'llm-text-block')])
      expect(root.shadowRoot!.innerHTML).to.not.contain('abcdef');
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1, maxLength: 3 }), (text, word) => {
        const covered = maskedInPlace(text, (one) => one.replaceAll(word, '[masked]'));
        expect(covered.length).to.equal(text.length);
        if (!/[•\n]/.test(word)) expect(covered).to.not.contain(word);
      }),
    );
  });

  it('has enough room on a small phone, from right to left too', async () => {
    const wide = { ...SOURCES, docs: SOURCES.docs.map((doc) => ({ ...doc, title: 'x'.repeat(300) })) };
    for (const dir of ['ltr', 'rtl']) {
      const view = await shown({ sources: wide, answer: ANSWER, dir }, 320);
      const frame = allIn(view, '.frame')[0]!;
      expect(frame.scrollWidth).to.be.at.most(frame.clientWidth);
    }
  });

  for (const theme of ['light', 'dark'] as const) {
    it(`is accessible, ${theme}`, async () => {
      const view = await shown({ ...given, theme });
      for (const details of allIn(view, '.table')) details.toggleAttribute('open', true);
      marks(view)[0]!.click();
      await settled(view);
      await expect(view).to.be.accessible();
    });
  }

  it('takes forged values as what they are', async () => {
    for (const value of [...forgedValues(), '<img src=x onerror=alert(1)>', 'javascript:alert(1)']) {
      const attributes = {
        'gen_ai.operation.name': 'chat',
        'langfuse.observation.output': JSON.stringify({
          documents: [
            {
              index: '1',
              title: value,
              url: value,
              source: value,
              snippets: [{ text: value }, value],
              textLong: value,
              correspondingSpans: [0],
            },
            value,
          ],
          spans: [{ text: 'a', startIndex: 0, documents: [1, value] }, value],
        }),
        'langfuse.observation.input': JSON.stringify({ response: 'a' }),
        'llm_trace.internals': JSON.stringify({
          v: 1,
          sources: { method: 'citation', spans: [], docs: [{ id: 'x', title: value, url: value, snippets: [] }] },
        }),
      };
      const [trace] = await readTraces(otlp({ id: 'a', start: 0, end: 1, attributes }));
      const view = await shown({ span: trace!.spans.at(0)! });
      for (const details of allIn(view, 'details')) details.toggleAttribute('open', true);
      await settled(view);
      expect(strangeThings(view)).to.deep.equal([]);
    }
  });
});

describe('pieces of an answer', () => {
  it('are the answer, each with the spans that lie over it', () => {
    const span = fc.tuple(fc.nat(30), fc.integer({ min: 1, max: 20 }));
    fc.assert(
      fc.property(fc.string({ minLength: 51, maxLength: 60 }), fc.array(span, { maxLength: 12 }), (answer, held) => {
        const spans = held.map(([start, length]) => ({ start, end: start + length, documents: [] }));
        const pieces = answerPieces({ answer, spans });
        expect(pieces.map(({ start, end }) => answer.slice(start, end)).join('')).to.equal(answer);
        for (const piece of pieces) {
          const over = spans.flatMap(({ start, end }, at) => (start < piece.end && end > piece.start ? [at] : []));
          expect([...piece.spans].sort((one, other) => one - other)).to.deep.equal(over);
        }
      }),
      { numRuns: 100 },
    );
  });
});
