import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import '../../define/llm-contribution-view.js';
import '../../define/llm-span-detail.js';
import '../../define/llm-token-view.js';
import { packArrayNow, type EncodedArray, type Internals, type InternalsAttribution } from '../../internals/index.js';
import { forgedValues } from '../../test/forged-values.js';
import { strangeThings } from '../../test/hostile/watch.js';
import { ACCESSIBLE_AT, callWith, callWithInside, hostileTexts, replayedAnswer } from '../../test/inside-model.js';
import { allByRole, allIn, byRole, hasRole, settled, textIn, until } from '../test-support.js';
import type { LlmContributionView } from './llm-contribution-view.js';

const PROMPT = ['Cap', 'ital', ' of', ' France', '?', '\n'];
const ANSWER = [' Par', 'is', '.'];

const scores = (rows: number[][]): EncodedArray =>
  packArrayNow(rows.flat(), [rows.length, rows[0]!.length], { dtype: 'f32' });

const OCCLUSION: InternalsAttribution = {
  method: 'occlusion',
  over: 'prompt',
  target: [6, 9],
  signed: true,
  baseline: 'a space',
  scores: scores([
    [1, 0.5, 0, 2, -0.5, 0],
    [0, 0.5, 0, 1, 0, 0],
    [0, 0, 0, 0, 4, NaN],
  ]),
};

const internals = (...attribution: InternalsAttribution[]): Internals => ({
  v: 1,
  tokens: { text: [...PROMPT, ...ANSWER], split: 6, message: [0, 0, 0, 0, 0, 1, 2, 2, 2] },
  attribution: attribution.length ? attribution : [OCCLUSION],
});

async function shown(properties: Partial<LlmContributionView>, width = 900): Promise<LlmContributionView> {
  const box = await fixture<HTMLElement>(
    html`<div .style=${`width: ${width}px`}><llm-contribution-view></llm-contribution-view></div>`,
  );
  const view = box.querySelector('llm-contribution-view')!;
  Object.assign(view, properties);
  await settled(view);
  return view;
}

const output = (view: LlmContributionView): HTMLElement => byRole(view, 'listbox', /^Output/);
const inputs = (view: LlmContributionView, name = /^What it rests on/): string[] =>
  allByRole(byRole(view, 'listbox', name), 'option').map((option) => option.getAttribute('aria-label')!);
const input = (view: LlmContributionView, name: RegExp): HTMLElement => byRole(view, 'option', name);
const press = async (target: HTMLElement, key: string, shiftKey = false): Promise<void> => {
  target.dispatchEvent(new KeyboardEvent('keydown', { key, shiftKey, bubbles: true, cancelable: true }));
  await settled((target.getRootNode() as ShadowRoot).host);
};
const choose = async (view: LlmContributionView, value: string): Promise<void> => {
  const choice = allByRole(view, 'combobox').find((one) =>
    Array.from((one as HTMLSelectElement).options).some((option) => option.value === value),
  ) as HTMLSelectElement;
  choice.value = value;
  choice.dispatchEvent(new Event('change'));
  await settled(view);
};

describe('llm-contribution-view', () => {
  it('shows what the whole output rests on, for it and against it', async () => {
    const view = await shown({ internals: internals() });
    expect(inputs(view)).to.deep.equal(['Cap: +1', 'ital: +1', '·of: 0', '·France: +3', '?: +3.5', '↵: 0']);
    expect(textIn(view)).to.contain('By occlusion, the whole output rests most on “?” +3.5, “·France” +3, “Cap” +1.');
    expect(textIn(view)).to.contain('signed: below zero speaks against it; baseline: a space');
    expect(textIn(view)).to.contain('none of them proves a cause');
  });

  it('asks about a stretch that is chosen by keys, by a click, and by another view', async () => {
    const view = await shown({ internals: internals() });
    const chosen = oneEvent(view, 'llm-token-select');
    await press(output(view), ' ');
    const { detail } = await chosen;
    expect([detail.start, detail.end]).to.deep.equal([6, 7]);
    expect(inputs(view)).to.include('?: -0.5').and.to.include('·France: +2');
    await press(output(view), 'ArrowRight', true);
    expect(view.selected).to.deep.equal({ start: 6, end: 8 });
    expect(textIn(view)).to.contain('By occlusion, “·Paris” rests most on “·France” +3, “Cap” +1, “ital” +1.');
    byRole(view, 'option', '.').click();
    await settled(view);
    expect(inputs(view), 'what is not known is no zero').to.include('?: +4').and.to.include('↵: not known');
    await press(output(view), 'Escape');
    expect(view.selected).to.equal(undefined);
    view.selected = { start: 7, end: 8 };
    await settled(view);
    expect(inputs(view)).to.include('·France: +1');
    view.selected = { start: 0, end: 2 };
    await settled(view);
    expect(inputs(view), 'no part of the output').to.include('·France: +3');
  });

  it('tells strong from weak and for from against without colour', async () => {
    const view = await shown({ internals: internals(), selected: { start: 6, end: 7 } });
    const line = (name: RegExp): string => {
      const { textDecorationStyle, textDecorationThickness, textDecorationLine } = getComputedStyle(input(view, name));
      return textDecorationLine === 'underline' ? `${textDecorationStyle} ${textDecorationThickness}` : 'none';
    };
    expect([/France/, /^Cap/, /^\?/, /of/].map(line)).to.deep.equal(['solid 4px', 'solid 2px', 'dashed 1px', 'none']);
    const colours = [/France/, /^\?/].map((name) => getComputedStyle(input(view, name)).backgroundColor);
    expect(new Set(colours).size).to.equal(2);
  });

  it('says what one part did, and what is strongest', async () => {
    const view = await shown({ internals: internals(), selected: { start: 6, end: 7 } });
    input(view, /^\?/).dispatchEvent(new PointerEvent('pointerover', { bubbles: true, composed: true }));
    await settled(view);
    const card = allIn(view, '.card')[0]!;
    expect(textIn(card)).to.match(/^Input \? \(5\) Score -0\.5 Share 13% Strongest ·France \(4\) \+2 Cap \(1\) \+1/);
    const list = byRole(view, 'listbox', /^What/);
    await press(list, 'ArrowLeft');
    expect(textIn(card)).to.match(/^Input ·France \(4\) Score \+2 Share 50%/);
    expect(view.shadowRoot!.getElementById(list.getAttribute('aria-activedescendant')!)!.textContent).to.equal(
      '·France',
    );
    const [bar] = allIn(card, '.bar');
    expect(bar!.getBoundingClientRect().width).to.be.closeTo(bar!.parentElement!.getBoundingClientRect().width, 1);
  });

  it('puts tokens together to words and to messages', async () => {
    const view = await shown({ internals: internals() });
    await choose(view, 'word');
    expect(inputs(view)).to.deep.equal(['Capital: +2', '·of: 0', '·France: +3', '?: +3.5', '↵: 0']);
    await choose(view, 'message');
    expect(inputs(view)).to.deep.equal(['Capital·of·France?: +8.5', '↵: 0']);
  });

  it('takes words and messages as a method tells of them, where they are those of the text', async () => {
    const byWord = { ...OCCLUSION, unit: 'word', scores: scores([[2, 0, 3, 3.5, 0]]) } as const;
    const view = await shown({ internals: internals(byWord) });
    expect(inputs(view)).to.include('Capital: +2');
    expect(textIn(view), 'of all of it').to.contain('the whole output rests most');
    const [units] = allByRole(view, 'combobox') as HTMLSelectElement[];
    expect(Array.from(units!.options, ({ text }) => text)).to.deep.equal(['Words', 'Messages']);
    view.internals = internals({ ...OCCLUSION, target: [9, 9], scores: scores([[2, 0, 3, 3.5, 0, 0, 0, 0, 0]]) });
    await settled(view);
    expect(inputs(view), 'where there is no output').to.include('Cap: +2');
    expect(hasRole(view, 'listbox', /^Output/)).to.equal(false);
    view.internals = internals({ ...byWord, scores: scores([[1, 2]]) });
    await settled(view);
    expect(textIn(view)).to.equal('These scores are of other words than the tokens that are here, and have no place.');
  });

  it('compares methods: beside each other, and in one table', async () => {
    const gradient = { ...OCCLUSION, method: 'gradient', signed: false, scores: scores([[0.1, 0, 0, 0.9, 0, 0]]) };
    const view = await shown({ internals: internals(OCCLUSION, gradient) });
    await choose(view, '1');
    expect(inputs(view)).to.include('·France: 0.9');
    await choose(view, 'all');
    expect(inputs(view, /occlusion/)).to.include('·France: +3');
    expect(inputs(view, /gradient/)).to.include('·France: 0.9');
    byRole(view, 'button', 'Table').click();
    await settled(view);
    expect(allIn(view, 'thead th').map(textIn)).to.deep.equal([
      '#',
      'Input',
      'occlusion',
      'Share',
      'gradient',
      'Share',
    ]);
    expect(textIn(allIn(view, 'tbody tr')[3]!)).to.equal('4 ·France +3 35% 0.9 90%');
  });

  it('stays small with a long prompt: it has pages', async () => {
    const text = Array.from({ length: 5000 }, (_, at) => ` w${at}`);
    const values = text.map((_, at) => (at === 4321 ? 1 : 0.001)).slice(0, 4999);
    const view = await shown({
      internals: {
        v: 1,
        tokens: { text, split: 4999 },
        attribution: [{ ...OCCLUSION, target: [4999, 5000], scores: scores([values]) }],
      },
    });
    expect(inputs(view)).to.have.length(1000);
    expect(textIn(view), 'on another page').to.contain('rests most on “·w4321” +1');
    byRole(view, 'button', 'Next page').click();
    await settled(view);
    expect(inputs(view)[0]).to.equal('·w1000: +0.001');
  });

  it('says what was not captured, and what could not be unpacked', async () => {
    const view = await shown({ internals: { v: 1 } });
    expect(textIn(view)).to.contain('was not captured.');
    view.internals = internals({ ...OCCLUSION, scores: { ref: 'x' } });
    await settled(view);
    expect(textIn(view)).to.equal('Error: The array is not an object.');
    view.resolve = () => OCCLUSION.scores;
    await settled(view);
    expect(inputs(view)).to.include('·France: +3');
  });

  it('shows a real record', async () => {
    const record = await replayedAnswer();
    const view = await shown({ internals: record });
    expect(inputs(view)).to.have.length(record.tokens!.split);
    expect(allByRole(output(view), 'option')).to.have.length(record.tokens!.text.length - record.tokens!.split);
    expect(textIn(view)).to.match(/By occlusion, the whole output rests most on “.*” [+-]\d/);
  });

  it('masks a secret that is spread over tokens', async () => {
    const record = internals();
    record.tokens!.text = ['mail', ' jane', '.doe', '@example', '.org', ' now', ' ok', '!', '!'];
    const view = await shown({ internals: record });
    view.content = 'masked';
    await until(() => textIn(view).includes('•••'), 'what masks');
    await settled(view);
    expect(inputs(view).join()).not.to.match(/jane|doe|example/);
    expect(textIn(view)).not.to.match(/jane|doe|example/);
  });

  it('shows hostile texts and forged values as text, whatever they are', async () => {
    const texts = (await hostileTexts()).slice(0, 200);
    const view = await shown({
      internals: {
        v: 1,
        tokens: { text: texts, split: texts.length - 1 },
        attribution: texts.slice(0, 3).map((text) => ({
          ...OCCLUSION,
          method: text,
          baseline: text,
          target: [texts.length - 1, texts.length],
          scores: scores([texts.slice(1).map((_, at) => at)]),
        })),
      },
      method: 'all',
    });
    expect(strangeThings(view)).to.deep.equal([]);
    byRole(view, 'button', 'Table').click();
    await settled(view);
    expect(strangeThings(view)).to.deep.equal([]);
    for (const value of forgedValues()) {
      const forged = internals({ ...OCCLUSION, method: value as never, scores: value as never });
      view.internals = undefined;
      view.span = await callWithInside(forged);
      await settled(view);
      expect(strangeThings(view)).to.deep.equal([]);
      expect(textIn(view)).to.contain('left out');
    }
  });

  for (const [width, theme] of ACCESSIBLE_AT) {
    it(`is accessible, ${width} px wide, ${theme}`, async () => {
      const record = internals();
      record.tokens!.text[3] = ` ${'x'.repeat(150)}`;
      const view = await shown({ internals: record, theme, selected: { start: 6, end: 8 } }, width);
      expect(view.scrollWidth).to.be.at.most(width);
      await expect(view).to.be.accessible();
      byRole(view, 'button', 'Table').click();
      await settled(view);
      await expect(view).to.be.accessible();
    });
  }

  it('is a tab of the detail where there are contributions, and only there', async () => {
    const detail = await fixture<HTMLElementTagNameMap['llm-span-detail']>(
      html`<llm-span-detail .span=${await callWith({})}></llm-span-detail>`,
    );
    expect(hasRole(detail, 'tab', 'Contributions')).to.equal(false);
    const record = internals({ ...OCCLUSION, scores: scores([[1, 1, 1, 1, 1, 2]]) });
    detail.span = await callWithInside(record);
    await settled(detail);
    byRole(detail, 'tab', 'Contributions').click();
    await until(() => hasRole(detail, 'option', '↵: +2'), 'the part');
  });
});
