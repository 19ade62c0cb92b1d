import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import '../../define/llm-attention-view.js';
import '../../define/llm-span-detail.js';
import {
  packArray,
  packArrayNow,
  unpackArray,
  type EncodedArray,
  type Internals,
  type InternalsAttention,
} from '../../internals/index.js';
import { forgedValues } from '../../test/forged-values.js';
import { strangeThings } from '../../test/hostile/watch.js';
import { ACCESSIBLE_AT, callWith, callWithInside, hostileTexts, replayedAnswer } from '../../test/inside-model.js';
import { allByRole, allIn, byRole, hasRole, measured, settled, textIn, until } from '../test-support.js';
import { placeOnScale } from './heat-map.js';
import type { LlmAttentionView } from './llm-attention-view.js';
import { strongest, withoutSink } from './matrix.js';

const TEXT = ['<s>', 'The', ' cat', ' sat', ' on', '\n'];
const COUNT = TEXT.length;

/** A head in which each token looks at the first one and at one of its own choice. */
function head(sink: number, to: (row: number) => number): number[] {
  const values = Array<number>(COUNT * COUNT).fill(0);
  for (let row = 0; row < COUNT; row++) {
    values[row * COUNT] = row === 0 ? 1 : sink;
    if (row > 0) values[row * COUNT + to(row)]! += 1 - sink;
  }
  return values;
}

const PREVIOUS = head(0, (row) => row - 1);
const SINK = head(0.75, (row) => Math.max(1, row - 2));

const layer = (number: number, ...heads: number[][]): { layer: number } & EncodedArray => ({
  layer: number,
  ...packArrayNow(heads.flat(), [heads.length, COUNT, COUNT], { layout: 'tri' }),
});

/** Two layers of two heads. */
const internals = (changes: Partial<InternalsAttention> = {}, rest: Partial<Internals> = {}): Internals => ({
  v: 1,
  model: { layers: 2, heads: 2 },
  tokens: { text: TEXT, split: 4 },
  attention: [
    {
      type: 'self',
      q: [0, COUNT],
      k: [0, COUNT],
      captured: 'replay',
      layers: [layer(0, PREVIOUS, SINK), layer(1, SINK, SINK)],
      ...changes,
    },
  ],
  ...rest,
});

async function shown(properties: Partial<LlmAttentionView>, width = 1000): Promise<LlmAttentionView> {
  const box = await fixture<HTMLElement>(
    html`<div .style=${`width: ${width}px`}><llm-attention-view></llm-attention-view></div>`,
  );
  const view = box.querySelector('llm-attention-view')!;
  Object.assign(view, properties);
  await measured(view);
  await measured(view);
  return view;
}

const stage = (view: LlmAttentionView): HTMLElement => byRole(view, 'application', /^Attention/);
const grid = (view: LlmAttentionView): HTMLElement => byRole(view, 'application', /^Layers and heads/);
async function press(target: HTMLElement, key: string, shiftKey = false): Promise<void> {
  target.dispatchEvent(
    new KeyboardEvent('keydown', { key, shiftKey, bubbles: true, composed: true, cancelable: true }),
  );
  await measured((target.getRootNode() as ShadowRoot).host);
}
const card = (view: LlmAttentionView): string => textIn(allIn(view, '.card')[0]!);
const choice = (view: LlmAttentionView, name: string): HTMLSelectElement =>
  allByRole(view, 'combobox').find((one) => textIn(one.parentElement!).startsWith(name)) as HTMLSelectElement;
const choose = async (view: LlmAttentionView, name: string, value: string): Promise<void> => {
  const chosen = choice(view, name);
  chosen.value = value;
  chosen.dispatchEvent(new Event('change'));
  await measured(view);
};

/** The colour that the canvas has in the middle of a cell. */
function colourAt(view: LlmAttentionView, row: number, column: number, count = COUNT): string {
  const canvas = allIn(view, '.matrix canvas')[0] as HTMLCanvasElement;
  const x = Math.floor(((column + 0.5) / count) * canvas.width);
  const y = Math.floor(((row + 0.5) / count) * canvas.height);
  return canvas.getContext('2d')!.getImageData(x, y, 1, 1).data.join();
}
/** Whether a cell is hatched: more than one colour in it. */
function isHatched(view: LlmAttentionView, row: number, column: number): boolean {
  const canvas = allIn(view, '.matrix canvas')[0] as HTMLCanvasElement;
  const size = canvas.width / COUNT;
  const { data } = canvas.getContext('2d')!.getImageData(column * size + 2, row * size + 2, size - 4, size - 4);
  return new Set(new Uint32Array(data.buffer)).size > 1;
}

async function point(view: LlmAttentionView, type: string, row: number, column: number): Promise<void> {
  const canvas = allIn(view, '.matrix canvas')[0]!;
  const { left, top, width, height } = canvas.getBoundingClientRect();
  const place = { clientX: left + ((column + 0.5) / COUNT) * width, clientY: top + ((row + 0.5) / COUNT) * height };
  canvas.dispatchEvent(new PointerEvent(type, { ...place, bubbles: true, composed: true }));
  await measured(view);
}

describe('llm-attention-view', () => {
  it('draws a head as it is: light and dark, and hatched what comes later', async () => {
    const view = await shown({ internals: internals() });
    expect(colourAt(view, 3, 2), 'all of it').not.to.equal(colourAt(view, 3, 1));
    expect(colourAt(view, 3, 1), 'nothing').to.equal(colourAt(view, 4, 1));
    expect(isHatched(view, 3, 1)).to.equal(false);
    expect(isHatched(view, 1, 3), 'ahead').to.equal(true);
    const labels = allIn(view, '.edge.rows .label').map((label) => label.textContent);
    expect(labels.toSorted()).to.deep.equal(['<s>', 'The', '·cat', '·sat', '·on', '↵'].toSorted());
    expect(textIn(view)).to.contain('Layer 0, head 0: 6 tokens look at 6.').and.to.contain('not why the model');
    expect(allIn(view, '.split')).to.have.length(2);
  });

  it('begins with the first token of the output and what it looks at most', async () => {
    const view = await shown({ internals: internals() });
    expect(card(view)).to.match(/^From ·on \(5\) To ·sat \(4\) Attention 100% Looks most at ·sat \(4\) 100%$/);
  });

  it('says a pair under the pointer, holds it by a click, and tells which token', async () => {
    const view = await shown({ internals: internals(), head: 1 });
    await point(view, 'pointermove', 3, 0);
    expect(card(view)).to.match(/^From ·sat \(4\) To <s> \(1\) Attention 75%/);
    const chosen = oneEvent(view, 'llm-token-select');
    await point(view, 'click', 3, 1);
    const { detail } = await chosen;
    expect([detail.start, detail.end]).to.deep.equal([3, 4]);
    expect(card(view)).to.match(/^From ·sat \(4\) To The \(2\) Attention 25% .*Held/);
    await point(view, 'pointermove', 5, 0);
    expect(card(view), 'held').to.match(/^From ·sat/);
    byRole(view, 'button', 'Let go').click();
    await settled(view);
    expect(view.selected).to.equal(undefined);
    view.selected = { start: 2, end: 4 };
    await measured(view);
    expect(card(view), 'what another view chose').to.match(/^From ·cat \(3\) To <s> \(1\)/);
  });

  it('is gone through by keys, and tells where they lead', async () => {
    const view = await shown({ internals: internals() });
    await press(stage(view), 'ArrowUp');
    await press(stage(view), 'ArrowLeft');
    expect(textIn(byRole(view, 'status'))).to.equal('“·sat” to “·cat”: 100%');
    await press(stage(view), 'Home');
    expect(textIn(byRole(view, 'status'))).to.equal('“·sat” to “<s>”: 0%');
    await press(stage(view), 'h');
    expect(stage(view).getAttribute('aria-label')).to.equal('Attention, Layer 0, head 1');
    expect(card(view)).to.match(/Attention 75%/);
    await press(stage(view), 'l');
    await press(stage(view), 'h', true);
    expect(textIn(byRole(view, 'status'))).to.equal('Layer 1, head 0');
    await press(stage(view), 'Enter');
    expect(textIn(byRole(view, 'status'))).to.equal('“·sat” looks most at <s> 75%, The 25%.');
    expect(view.selected).to.deep.equal({ start: 3, end: 4 });
    await press(stage(view), 'Escape');
    expect(view.selected).to.equal(undefined);
    await press(grid(view), 'ArrowUp');
    await press(grid(view), 'ArrowRight');
    expect(grid(view).getAttribute('aria-label')).to.equal('Layers and heads: Layer 0, head 1');
  });

  it('hides the first token when asked to, scales the rest up, and says so', async () => {
    const view = await shown({ internals: internals(), head: 1, selected: { start: 3, end: 4 } });
    expect(card(view)).to.match(/<s> \(1\) 75% The \(2\) 25%$/);
    byRole(view, 'button', 'Hide first token').click();
    await measured(view);
    expect(card(view)).to.match(/Looks most at The \(2\) 100%$/);
    expect(textIn(view)).to.contain('The first token is hidden');
    expect(isHatched(view, 3, 0)).to.equal(true);
  });

  it('puts heads together: their mean, and the greatest of them', async () => {
    const view = await shown({ internals: internals(), selected: { start: 3, end: 4 } });
    await choose(view, 'Head', 'mean');
    expect(card(view)).to.match(/·cat \(3\) 50% <s> \(1\) 37% The \(2\) 13%$/);
    await choose(view, 'Head', 'max');
    expect(card(view)).to.match(/·cat \(3\) 100% <s> \(1\) 75% The \(2\) 25%$/);
    expect(textIn(view)).to.contain('Layer 0, Greatest of all');
  });

  it('works out what nobody stated of the heads, and shows it as a table', async () => {
    const view = await shown({ internals: internals() });
    byRole(view, 'button', 'Table').click();
    const rows = (): string[] => allIn(byRole(view, 'region', 'Layers and heads'), 'tbody tr').map(textIn);
    await until(() => !textIn(view).includes('not known'), 'figures');
    // Of five tokens: the first one looks at the first token, whatever it does.
    expect(rows()[0]).to.equal('0 0 20% 100% 0');
    expect(rows()[1]).to.match(/^0 1 75% 20% 0\.563/);
    const looks = allIn(byRole(view, 'region', 'Looks most at'), 'tbody tr').map(textIn);
    expect(looks[4]).to.equal('5 ·on ·sat (4) 100%');
  });

  it('shows figures where there are no matrices, and says that nothing was captured instead of zeros', async () => {
    const view = await shown({ internals: internals({ layers: [], summary: { sink: [[0.5, 0.25]] } }) });
    expect(textIn(view)).to.contain('Only figures of the heads were captured');
    expect(textIn(view)).to.contain('Layer 0, head 0: To the first token 50%');
    expect(hasRole(view, 'application', /^Attention/)).to.equal(false);
    view.internals = internals({ layers: [{ ...layer(1, SINK), heads: [1] }] });
    await measured(view);
    expect(stage(view).getAttribute('aria-label'), 'what there is').to.equal('Attention, Layer 1, head 1');
    await choose(view, 'Layer', '0');
    expect(textIn(view)).to.contain('The matrix of this head was not captured.');
    view.internals = { v: 1 };
    await settled(view);
    expect(textIn(view)).to.contain('Attention was not captured.');
  });

  it('tells what was not kept of a sparse matrix from zero', async () => {
    const sparse = { layer: 0, dtype: 'f32', layout: 'coo', enc: 'json' } as const;
    const view = await shown({
      internals: internals(
        { layers: [{ ...sparse, shape: [1, COUNT, COUNT], data: [1, 0.5], index: [0, 3 * COUNT + 1] }] },
        { model: {} },
      ),
    });
    expect(textIn(view)).to.contain('Only the greatest values were kept');
    expect([isHatched(view, 3, 1), isHatched(view, 3, 2)]).to.deep.equal([false, true]);
  });

  it('reads what is kept elsewhere through the page, and says where it is not found or is another', async () => {
    const kept = layer(0, PREVIOUS);
    const elsewhere = internals({ layers: [{ layer: 0, ref: 'a' }] });
    const view = await shown({ internals: elsewhere, resolve: (ref) => (ref === 'a' ? kept : undefined) });
    expect(card(view)).to.match(/^From ·on \(5\) To ·sat \(4\) Attention 100%/);
    view.resolve = () => undefined;
    await measured(view);
    expect(textIn(view)).to.contain('The attention could not be read: Error: The array is not an object.');
    view.resolve = () => packArrayNow([1], [1, 1, 1]);
    await measured(view);
    expect(textIn(view)).to.contain('The array is of 1 × 1, not 6 × 6.');
  });

  it('shows each of several records, queries apart from keys', async () => {
    const [self] = internals().attention!;
    const cross: InternalsAttention = {
      type: 'cross',
      q: [4, 6],
      k: [0, 3],
      captured: 'import',
      layers: [{ layer: 0, ...packArrayNow([0.1, 0.2, 0.7, 0.6, 0.3, 0.1], [1, 2, 3]) }],
    };
    const view = await shown({ internals: { ...internals(), attention: [self!, cross] } });
    await choose(view, 'Attention of', '1');
    expect(textIn(view)).to.contain('2 tokens look at 3.');
    expect(card(view)).to.match(/^From ·on \(5\) To ·cat \(3\) Attention 70%/);
    expect(choice(view, 'Heads by').options, 'no token before it').to.have.length(2);
  });

  it('keeps what is strong where there are more tokens than pixels, and zooms to single pairs', async () => {
    const count = 1500;
    const values = new Float32Array(count * count);
    values[1001 * count + 777] = 1;
    const view = await shown({
      internals: {
        v: 1,
        attention: [
          {
            type: 'encoder',
            q: [0, count],
            k: [0, count],
            captured: 'import',
            layers: [{ layer: 0, ...(await packArray(values, [1, count, count])) }],
          },
        ],
      },
    });
    expect(colourAt(view, 1001, 777, count)).not.to.equal(colourAt(view, 100, 100, count));
    expect(allIn(view, '.label').length).to.be.below(120);
    await press(stage(view), 'PageDown');
    expect(card(view), 'tokens without a text').to.match(/^From #11/);
    for (let zoom = 0; zoom < 8; zoom++) await press(stage(view), '+');
    expect(allIn(view, '.edge.rows .label')).to.have.length(8);
    expect((byRole(view, 'button', 'Zoom in') as HTMLButtonElement).disabled).to.equal(true);
    for (let row = 0; row < 3; row++) await press(stage(view), 'PageDown');
    expect(textIn(allIn(view, '.edge.rows')[0]!), 'follows').to.equal('');
    expect(allIn(view, '.edge.rows .active')[0]!.textContent).to.equal('#41');
  });

  it('has scales that agree with what they say', () => {
    expect([0, 0.25, 1, 2].map((value) => placeOnScale(value, 1, 'linear'))).to.deep.equal([0, 0.25, 1, 1]);
    expect(placeOnScale(0.001, 1, 'log')).to.be.closeTo(0, 1e-9);
    expect(placeOnScale(1 / Math.sqrt(1000), 1, 'log')).to.be.closeTo(0.5, 1e-9);
    const matrix = withoutSink({ values: Float32Array.of(0.5, 0.25, 0.25, 1, 0, 0), rows: 2, columns: 3 });
    expect([...matrix.values]).to.deep.equal([NaN, 0.5, 0.5, NaN, 0, 0]);
    expect(strongest(matrix, 0, 1)).to.deep.equal([{ column: 1, value: 0.5 }]);
  });

  it('shows a real record, and the same numbers as are packed in it', async () => {
    const record = await replayedAnswer();
    const view = await shown({ internals: record });
    expect(textIn(view)).to.contain('Self-attention, captured by replay');
    const { split } = record.tokens!;
    const array = await unpackArray(record.attention![0]!.layers![0]!);
    const row = array.matrix(0).slice(split * array.columns, (split + 1) * array.columns);
    const most = row.indexOf(Math.max(...row));
    expect(card(view)).to.match(
      new RegExp(`\\(${split + 1}\\) To .* \\(${most + 1}\\) Attention ${Math.round(row[most]! * 100)}%`),
    );
  });

  it('shows hostile texts and forged values as text, whatever they are', async () => {
    const texts = (await hostileTexts()).slice(0, 40);
    const count = texts.length;
    const values = new Float32Array(count * count).fill(1 / count);
    const view = await shown({
      internals: {
        v: 1,
        tokens: { text: texts, split: 1 },
        attention: [
          {
            type: 'encoder',
            q: [0, count],
            k: [0, count],
            captured: 'live',
            layers: [{ layer: 0, ...packArrayNow(values, [1, count, count]) }],
          },
        ],
      },
    });
    byRole(view, 'button', 'Table').click();
    await settled(view);
    expect(strangeThings(view)).to.deep.equal([]);
    for (const value of forgedValues()) {
      const forged = internals({ captured: value as never, layers: [value as never], summary: value as never });
      view.internals = undefined;
      view.span = await callWithInside(forged);
      await settled(view);
      expect(strangeThings(view)).to.deep.equal([]);
      expect(textIn(view)).to.contain('left out');
    }
  });

  it('masks a secret that is spread over tokens', async () => {
    const text = ['write', ' jane', '.doe', '@example', '.org', ' now'];
    const view = await shown({ internals: internals({}, { tokens: { text, split: 4 } }) });
    view.content = 'masked';
    await until(() => textIn(view).includes('•••'), 'what masks');
    byRole(view, 'button', 'Table').click();
    await settled(view);
    expect(textIn(view)).not.to.match(/jane|doe|example/);
  });

  for (const [width, theme] of ACCESSIBLE_AT) {
    it(`is accessible, ${width} px wide, ${theme}`, async () => {
      const view = await shown({ internals: internals(), theme, selected: { start: 3, end: 4 } }, width);
      expect(view.scrollWidth).to.be.at.most(width);
      await expect(view).to.be.accessible();
      byRole(view, 'button', 'Table').click();
      await settled(view);
      await expect(view).to.be.accessible();
    });
  }

  it('is a tab of the detail where there is attention, and only there', async () => {
    const detail = await fixture<HTMLElementTagNameMap['llm-span-detail']>(
      html`<llm-span-detail .span=${await callWith({})}></llm-span-detail>`,
    );
    expect(hasRole(detail, 'tab', 'Attention')).to.equal(false);
    detail.span = await callWithInside(internals());
    await settled(detail);
    byRole(detail, 'tab', 'Attention').click();
    await until(() => hasRole(detail, 'application', 'Attention, Layer 0, head 0'), 'the matrix');
  });
});
