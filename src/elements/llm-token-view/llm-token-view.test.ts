import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import '../../define/llm-span-detail.js';
import '../../define/llm-token-view.js';
import type { Internals, Tokenizer } from '../../internals/index.js';
import { forgedValues } from '../../test/forged-values.js';
import { strangeThings } from '../../test/hostile/watch.js';
import { ACCESSIBLE_AT, callWith, callWithInside, hostileTexts } from '../../test/inside-model.js';
import { allByRole, allIn, byRole, hasRole, measured, settled, textIn, until } from '../test-support.js';
import type { LlmTokenView } from './llm-token-view.js';

const ANSWER = ['The', ' capital', ' is', ' Par', 'is', '.', '\n', 'Sure', '?'];
const PROBABILITIES = [0.99, 0.9, 0.97, 0.3, 0.999, 0.7, 0.6, 0.04, 0.4];

/** An answer behind a prompt of two tokens, with what else was likely. */
const internals = (text: string[] = ANSWER, probabilities: (number | null)[] = PROBABILITIES): Internals => ({
  v: 1,
  tokens: { text: ['Where', '?', ...text], split: 2 },
  output: {
    from: 2,
    dist: 'raw',
    logprob: probabilities.map((value) => (value === null ? null : Math.log(value))),
    rank: probabilities.map((value) => (value === null ? null : value < 0.35 ? 2 : 1)),
    top: {
      text: text.map((one) => [one, 'other']),
      logprob: probabilities.map((value) => [Math.log(value ?? 0.5), Math.log(0.001)]),
    },
  },
});

async function shown(properties: Partial<LlmTokenView>, width = 900): Promise<LlmTokenView> {
  const box = await fixture<HTMLElement>(
    html`<div .style=${`width: ${width}px`}><llm-token-view></llm-token-view></div>`,
  );
  const view = box.querySelector('llm-token-view')!;
  Object.assign(view, properties);
  await measured(view);
  await measured(view);
  return view;
}

const tokens = (view: LlmTokenView): HTMLElement[] => allByRole(view, 'option');
const named = (view: LlmTokenView, name: RegExp): HTMLElement => byRole(view, 'option', name);
const press = async (view: LlmTokenView, key: string, shiftKey = false): Promise<void> => {
  byRole(view, 'listbox').dispatchEvent(
    new KeyboardEvent('keydown', { key, shiftKey, bubbles: true, cancelable: true }),
  );
  await measured(view);
};
const active = (view: LlmTokenView): string => {
  const id = byRole(view, 'listbox').getAttribute('aria-activedescendant')!;
  return view.shadowRoot!.getElementById(id)!.getAttribute('aria-label')!;
};
const card = (view: LlmTokenView): string => textIn(byRole(view, 'group', 'Token'));

describe('llm-token-view', () => {
  it('shows each token with how likely it was, prompts apart, white space as signs', async () => {
    const view = await shown({ internals: internals() });
    expect(tokens(view).map((token) => token.getAttribute('aria-label'))).to.deep.equal([
      '“Where”, Prompt',
      '“?”, Prompt',
      '“The”, Probability 99%',
      '“·capital”, Probability 90%',
      '“·is”, Probability 97%',
      '“·Par”, Probability 30%',
      '“is”, Probability 100%',
      '“.”, Probability 70%',
      '“↵”, Probability 60%',
      '“Sure”, Probability 4%',
      '“?”, Probability 40%',
    ]);
    const figures = textIn(view);
    expect(figures).to.contain('2 prompt tokens 9 output tokens');
    const sum = PROBABILITIES.reduce((all, one) => all + Math.log(one), 0);
    expect(figures).to.contain(`Perplexity ${Number(Math.exp(-sum / 9).toPrecision(4))}`);
    expect(figures).to.contain('3 uncertain tokens raw');
  });

  it('tells steps apart without colour: the less certain, the heavier the line', async () => {
    const view = await shown({ internals: internals() });
    const weight = (name: RegExp): number => {
      const { textDecorationLine, textDecorationThickness, textDecorationColor } = getComputedStyle(named(view, name));
      const isSeen = textDecorationLine === 'underline' && !textDecorationColor.endsWith(', 0)');
      return isSeen ? parseFloat(textDecorationThickness) : 0;
    };
    const weights = [/^“The/, /capital/, /“\./, /Par/].map(weight);
    expect(weights[0]).to.equal(0);
    expect(weights[1]).to.be.above(0);
    expect(weights[3]).to.be.above(weights[2]!);
    // Twice the same thickness with a gap is heavier still.
    expect(getComputedStyle(named(view, /Sure/)).textDecorationStyle).to.equal('double');
    const shades = tokens(view).map((token) => getComputedStyle(token).backgroundColor);
    expect(new Set(shades).size).to.be.above(4);
  });

  it('says what else was likely, and how much is not listed', async () => {
    const view = await shown({ internals: internals() });
    named(view, /Par/).dispatchEvent(new PointerEvent('pointerover', { bubbles: true, composed: true }));
    await settled(view);
    expect(card(view)).to.match(
      /^·Par Token 6 Probability 30% Rank 2 Entropy ≥ .* ·Par, chosen 30% other 0.1% All others 70%/,
    );
    const [bar] = allIn(byRole(view, 'group', 'Token'), '.chosen .bar');
    const track = bar!.parentElement!.getBoundingClientRect().width;
    expect(bar!.getBoundingClientRect().width / track).to.be.closeTo(0.3, 0.02);
  });

  it('is gone through by keys, which choose and tell', async () => {
    const view = await shown({ internals: internals() });
    expect(active(view), 'begins with the answer').to.match(/The/);
    await press(view, 'ArrowRight');
    expect(active(view)).to.match(/capital/);
    await press(view, 'End');
    expect(active(view)).to.match(/^“\?”, Probability/);
    await press(view, 'ArrowUp');
    expect(active(view), 'the row above').to.match(/capital/);
    await press(view, 'Home');
    expect(active(view)).to.match(/Where/);
    const chosen = oneEvent(view, 'llm-token-select');
    await press(view, 'n');
    const { detail } = await chosen;
    expect([detail.start, detail.end]).to.deep.equal([5, 6]);
    expect(active(view)).to.match(/Par/);
    await press(view, 'n');
    expect(active(view)).to.match(/Sure/);
    await press(view, 'p');
    await press(view, 'p');
    expect(active(view), 'around the end').to.match(/^“\?”, Probability/);
    await press(view, 'ArrowLeft', true);
    expect(view.selected).to.deep.equal({ start: 9, end: 11 });
    expect(tokens(view).filter((token) => token.getAttribute('aria-selected') === 'true')).to.have.length(2);
    await press(view, 'Escape');
    expect(view.selected).to.equal(undefined);
    view.selected = { start: 2, end: 4 };
    await measured(view);
    expect(active(view), 'what the page chooses').to.match(/The/);
  });

  it('goes to the left for the next token where that is the way to read', async () => {
    const view = await shown({ internals: internals() });
    view.dir = 'rtl';
    await press(view, 'ArrowLeft');
    expect(active(view)).to.match(/capital/);
  });

  it('is coloured by rank and by entropy, as far as they are known', async () => {
    const view = await shown({ internals: internals(), measure: 'rank' });
    expect(named(view, /Par/).getAttribute('aria-label')).to.equal('“·Par”, Rank 2');
    const choice = byRole(view, 'combobox') as HTMLSelectElement;
    expect(Array.from(choice.options, ({ text }) => text)).to.deep.equal(['Probability', 'Rank', 'Entropy']);
    choice.value = 'entropy';
    choice.dispatchEvent(new Event('change'));
    await settled(view);
    expect(named(view, /Par/).getAttribute('aria-label')).to.match(/Entropy ≥ 0\.6/);
    expect(textIn(view)).to.contain('at least so much');
    view.internals = { v: 1, tokens: { text: ['a'], split: 0 }, output: { from: 0, dist: 'unknown', logprob: [-1] } };
    await settled(view);
    expect(named(view, /“a”/).getAttribute('aria-label')).to.equal('“a”, Probability 37%');
  });

  it('joins the pieces of a character, and says where nothing is known', async () => {
    const view = await shown({
      internals: {
        v: 1,
        tokens: { text: ['🚀', '', 'x'], split: 0, cont: [1], bytes: [[240, 159], [154, 128], null] },
        output: { from: 0, dist: 'raw', logprob: [Math.log(0.5), Math.log(0.5), null] },
      },
    });
    expect(tokens(view).map((token) => token.getAttribute('aria-label'))).to.deep.equal([
      '“🚀”, Probability 25%',
      '“x”, Output',
    ]);
    expect(card(view)).to.contain('Token 1–2');
    expect(card(view)).to.contain('f0 9f 9a 80');
    expect(textIn(view)).to.contain('probability known of 2');
  });

  it('tells how sure the model was of each argument of a tool call', async () => {
    const text = ['{"', 'city', '":', ' "', 'Par', 'is', '",', ' "', 'days', '":', ' ', '3', '}'];
    const span = await callWith({
      'gen_ai.output.messages': JSON.stringify([
        { role: 'assistant', parts: [{ type: 'tool_call', name: 'travel', arguments: { city: 'Paris', days: 3 } }] },
      ]),
    });
    const probabilities = text.map((word) => (word === 'Par' ? 0.5 : word === '3' ? 0.25 : 1));
    const view = await shown({ span, internals: internals(text, probabilities) });
    const rows = allIn(view, '.fields tbody tr').map(textIn);
    expect(rows).to.deep.equal(['travel: city "Paris" 50% Par 50%', 'travel: days 3 25% 3 25%']);
    byRole(view, 'button', 'travel: days').click();
    await measured(view);
    expect(view.selected).to.deep.equal({ start: 13, end: 14 });
    expect(card(view)).to.contain('Field travel: days');
  });

  it('has all of it as a table', async () => {
    const view = await shown({ internals: internals(Array<string>(500).fill('a'), Array<number>(500).fill(0.5)) });
    byRole(view, 'button', 'Table').click();
    await settled(view);
    expect(hasRole(view, 'listbox')).to.equal(false);
    const rows = allIn(view, 'tbody tr');
    expect(rows).to.have.length(200);
    expect(textIn(rows[2]!)).to.match(/^3 a 50% 1 ≥ [\d.]+ a 50%, other 0.1%$/);
    byRole(view, 'button', 'Next page').click();
    await settled(view);
    expect(textIn(allIn(view, 'tbody tr')[0]!)).to.match(/^201 a/);
  });

  it('has only the rows in sight of 100,000 tokens in the DOM, and finds the last one', async () => {
    const count = 100_000;
    const view = await shown({
      internals: {
        v: 1,
        tokens: { text: Array.from({ length: count }, (_, at) => ` w${at}`), split: 0 },
        output: {
          from: 0,
          dist: 'raw',
          logprob: Array.from({ length: count }, (_, at) => (at === count - 1 ? -3 : 0)),
        },
      },
    });
    expect(tokens(view).length).to.be.within(50, 1500);
    await press(view, 'n');
    expect(active(view)).to.match(/w99999”, Probability 5%/);
    expect(tokens(view).length).to.be.below(1500);
    const list = byRole(view, 'listbox').getBoundingClientRect();
    const token = named(view, /w99999/).getBoundingClientRect();
    expect(token.bottom).to.be.at.most(list.bottom + 1);
    expect(token.right).to.be.at.most(list.right);
  });

  it('says that nothing was captured and how it would be; what a provider states only as a mean', async () => {
    const view = await shown({ span: await callWith({}) });
    expect(textIn(view)).to.contain('were not captured').and.to.contain('logprobs: true, top_logprobs: 5');
    view.internals = { v: 1, output: { from: 0, dist: 'unknown', mean: -0.5 } };
    await settled(view);
    expect(textIn(view)).to.contain('Mean logprob -0.5').and.not.to.contain('were not captured');
    view.internals = undefined;
    view.span = await callWith({ 'llm_trace.internals': '{"v":1,"tokens":{"text":[1],"split":0}}' });
    await settled(view);
    expect(textIn(view)).to.contain('left out: tokens.text[0] is not a text');
  });

  it('takes texts apart with the page’s tokenizer, and calls that an approximation', async () => {
    const span = await callWith({
      'gen_ai.input.messages': JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: 'to be' }] }]),
      'gen_ai.output.messages': JSON.stringify([{ role: 'assistant', parts: [{ type: 'text', content: 'or not' }] }]),
    });
    const words: Tokenizer = {
      name: 'words',
      encode: (text) => Promise.resolve(text.split(/(?= )/).map((word) => ({ text: word }))),
    };
    const view = await shown({ span, tokenizer: words });
    await until(() => tokens(view).length === 4, 'tokens');
    expect(tokens(view).map(textIn)).to.deep.equal(['to', '·be', 'or', '·not']);
    expect(textIn(view)).to.contain('Tokens by words: an approximation');
    view.tokenizer = { name: 'bad', encode: () => Promise.reject(new Error('no ranks')) };
    await until(() => textIn(view).includes('The tokenizer failed: Error: no ranks'), 'failure');
  });

  it('masks a secret that is spread over tokens', async () => {
    const view = await shown({
      internals: internals(['write', ' jane', '.doe', '@example', '.org', ' now'], [1, 1, 1, 1, 1, 1]),
    });
    view.content = 'masked';
    await until(() => textIn(view).includes('write') && textIn(view).includes('•••'), 'what masks');
    await settled(view);
    expect(textIn(view)).not.to.match(/jane|doe|example/);
    expect(textIn(view)).to.contain('write');
    for (const token of tokens(view)) expect(token.getAttribute('aria-label')).not.to.match(/jane|doe|example/);
  });

  it('shows hostile texts and forged values as text, whatever they are', async () => {
    const texts = await hostileTexts();
    const view = await shown({
      internals: internals(
        texts,
        texts.map(() => 0.5),
      ),
    });
    byRole(view, 'button', 'Table').click();
    await settled(view);
    expect(strangeThings(view)).to.deep.equal([]);
    for (const value of forgedValues()) {
      const forged = {
        v: 1,
        tokens: { text: [value, 'a'], split: 0 },
        output: { from: 0, dist: value, top: { text: [[value]], logprob: [[value]] } },
        capture: { level: 1, dropped: [value] },
      };
      view.internals = undefined;
      view.span = await callWithInside(forged);
      await settled(view);
      expect(strangeThings(view)).to.deep.equal([]);
    }
  });

  for (const [width, theme] of ACCESSIBLE_AT) {
    it(`is accessible, ${width} px wide, ${theme}`, async () => {
      const view = await shown(
        {
          internals: internals([...ANSWER, '{"a":1}', 'x'.repeat(200)], [...PROBABILITIES, 0.1, 0.06]),
          theme,
          selected: { start: 3, end: 4 },
        },
        width,
      );
      expect(view.scrollWidth).to.be.at.most(width);
      await expect(view).to.be.accessible();
      byRole(view, 'button', 'Table').click();
      await settled(view);
      await expect(view).to.be.accessible();
    });
  }

  it('is a tab of the detail where there are tokens, and only there', async () => {
    const detail = await fixture<HTMLElementTagNameMap['llm-span-detail']>(
      html`<llm-span-detail .span=${await callWith({})}></llm-span-detail>`,
    );
    expect(hasRole(detail, 'tab', 'Tokens')).to.equal(false);
    const answer = {
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: 'Hi' },
          logprobs: { content: [{ token: 'Hi', logprob: -0.1, bytes: null, top_logprobs: [] }] },
        },
      ],
    };
    detail.span = await callWith({ 'output.value': JSON.stringify(answer), 'output.mime_type': 'application/json' });
    await settled(detail);
    byRole(detail, 'tab', 'Tokens').click();
    await until(() => hasRole(detail, 'option', '“Hi”, Probability 90%'), 'the token');
  });
});
