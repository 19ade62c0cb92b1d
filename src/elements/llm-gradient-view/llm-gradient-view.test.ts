import { expect, fixture, html } from '@open-wc/testing';
import '../../define/llm-gradient-view.js';
import '../../define/llm-span-detail.js';
import '../../define/llm-trace-view.js';
import { readTraces } from '../../formats/index.js';
import '../../i18n/de.js';
import { packArray, type Internals, type InternalsGradients, type MaybeNumber } from '../../internals/index.js';
import type { Span } from '../../model/index.js';
import { asked } from '../../test/asked-of-system.js';
import { forgedValues } from '../../test/forged-values.js';
import { strangeThings } from '../../test/hostile/watch.js';
import { allIn, byRole, emptyView, hasRole, measured, openTab, otlp, settled, textIn, until } from '../test-support.js';
import type { LlmGradientView } from './llm-gradient-view.js';

const ROWS: Readonly<Record<string, readonly MaybeNumber[]>> = {
  'layer0/kernel': [2e-5, 1e-5, 1e-5, 1e-5],
  'layer0/bias': [1e-5, 1e-5, 1e-5, 1e-5],
  'layer1/kernel': [0, 0, 0, 0],
  'layer2/kernel': [0.5, 300, 0.7, 'NaN'],
  'head/kernel': [1, 2, 1, null],
};

function gradientsOf(rows = ROWS, more: Partial<InternalsGradients> = {}): Internals {
  const columns = Object.values(rows);
  const steps = columns[0]!.map((_, at) => at * 10);
  const values = steps.map((_, at) => columns.map((column) => column[at]!));
  return { v: 1, gradients: { metric: 'l2', steps, params: Object.keys(rows), values, ...more } };
}

const LOGGED = { loss: [4, 3, 'NaN' as const, 2], lr: [0.1, 0.1, 0.01, 0.01], global: [1, 400, 1, 'NaN' as const] };

async function shown(properties: Partial<LlmGradientView> & { dir?: string }, width = 900): Promise<LlmGradientView> {
  const box = await fixture<HTMLElement>(
    html`<div .style=${`width: ${width}px`}><llm-gradient-view></llm-gradient-view></div>`,
  );
  const view = box.querySelector('llm-gradient-view')!;
  Object.assign(view, properties);
  await measured(view);
  return view;
}

const spanWith = async (attributes: Record<string, unknown>): Promise<Span> => {
  const [trace] = await readTraces(otlp({ id: 'training', start: 0, end: 1000, attributes }));
  return trace!.spans.at(0)!;
};

const sentence = (view: LlmGradientView): string => textIn(allIn(view, '.sentence')[0]!);
const card = (view: LlmGradientView): string => textIn(allIn(view, '.card')[0]!);
const labels = (view: LlmGradientView): string[] => allIn(view, '.label .name').map(({ textContent }) => textContent);
const map = (view: LlmGradientView): HTMLElement => byRole(view, 'application', 'Gradients');
const canvas = (view: LlmGradientView): HTMLCanvasElement => allIn(view, 'canvas')[0] as HTMLCanvasElement;

async function press(view: LlmGradientView, ...keys: readonly string[]): Promise<void> {
  for (const chord of keys) {
    const [key, shift] = chord.split(' ').reverse();
    map(view).dispatchEvent(new KeyboardEvent('keydown', { key: key!, shiftKey: shift === 'Shift', cancelable: true }));
    await settled(view);
  }
}

/** Where a cell is, in pixels of the page. */
function placeOf(view: LlmGradientView, row: number, share: number): { clientX: number; clientY: number } {
  const { left, top, width } = canvas(view).getBoundingClientRect();
  return { clientX: left + share * width, clientY: top + 12 + row * 20 + 10 };
}

/** The pixels of a cell, as shades of grey: what is left where nobody sees colours. */
function greys(view: LlmGradientView, row: number, column: number, columns: number): number[] {
  const { width, height } = canvas(view);
  const ratio = height / canvas(view).getBoundingClientRect().height;
  const cell = width / columns;
  const { data } = canvas(view)
    .getContext('2d')!
    .getImageData(column * cell + 2, (12 + row * 20 + 1) * ratio, cell - 4, 18 * ratio);
  return Array.from(
    { length: data.length / 4 },
    (_, at) => Math.round((data[at * 4]! + data[at * 4 + 1]! + data[at * 4 + 2]!) / 3) * (data[at * 4 + 3]! ? 1 : 0),
  );
}

describe('llm-gradient-view', () => {
  it('says in a sentence what it draws: the norms, what is odd and where, the courses', async () => {
    const view = await shown({ internals: gradientsOf(ROWS, LOGGED) });
    expect(sentence(view)).to.equal(
      '4 steps, 5 layers. Gradient norm from 0 to 300. Not a number: 1 of 5 layers (layer2/kernel). ' +
        'Exploding: 1 of 5 layers (layer2/kernel). Dead: 1 of 5 layers (layer1/kernel). ' +
        'Vanishing: 2 of 5 layers (layer0/kernel, layer0/bias). Loss: 4 to 2. Learning rate: 0.1 to 0.01. ' +
        'Global norm: 1 to NaN.',
    );
    const text = textIn(view);
    expect(text).to.contain('exploding: above 100, or above 10 times the median of the 20 steps before');
    expect(text).to.contain('vanishing: below 1e-4 times the greatest of the same step');
    expect(text).to.contain('dead: exactly 0 for 3 steps or more');
    expect(allIn(view, '.course')).to.have.length(3);
    const healthy = await shown({ internals: gradientsOf({ a: [1, 2], b: [2, 1] }, { estimated: true }) });
    expect(sentence(healthy)).to.equal(
      '2 steps, 2 layers. Gradient norm from 1 to 2. Healthy: nothing vanishes, explodes or is dead. Estimated from histograms.',
    );
    const other = await shown({ internals: gradientsOf({ a: [1, 2], b: [2, 1] }), rules: { explodingNorm: 1.5 } });
    expect(sentence(other)).to.contain('Exploding: all 2 layers.');
    expect(textIn(other)).to.contain('above 1.5, or');
  });

  it('goes from cell to cell by keys, from one odd stretch to the next, and says what is there', async () => {
    const view = await shown({ internals: gradientsOf(ROWS, LOGGED) });
    await press(view, 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowRight');
    expect(card(view)).to.equal(
      'layer2/kernel · step 10 · 300 · exploding (above 100, or above 10 times the median of the 20 steps before) · Loss 3 · Learning rate 0.1 · Global norm 400',
    );
    expect(textIn(byRole(view, 'status'))).to.equal(card(view));
    await press(view, 'n');
    expect(card(view)).to.contain('layer2/kernel · step 30 · NaN · not a number (NaN or infinite)');
    await press(view, 'n');
    expect(card(view)).to.contain('step 30 · NaN');
    await press(view, 'P', 'p', 'p');
    expect(card(view)).to.contain('layer0/bias · step 0 · 1e-5 · vanishing');
    await press(view, 'PageDown', 'End');
    expect(card(view)).to.equal('head/kernel · step 30 · not captured · Loss 2 · Learning rate 0.01');
    await press(view, 'Home', 'ArrowUp', 'ArrowLeft');
    expect(card(view)).to.contain('layer2/kernel · step 0 · 0.5 ·');
  });

  it('shows the cell under the pointer, and keeps the one that is clicked', async () => {
    const view = await shown({ internals: gradientsOf() });
    const at = { ...placeOf(view, 3, 0.3), bubbles: true, composed: true, pointerId: 1 };
    canvas(view).dispatchEvent(new PointerEvent('pointermove', at));
    await settled(view);
    expect(card(view)).to.contain('layer2/kernel · step 10 · 300');
    canvas(view).dispatchEvent(new MouseEvent('click', at));
    canvas(view).parentElement!.dispatchEvent(new PointerEvent('pointerleave', at));
    await settled(view);
    expect(card(view)).to.contain('layer2/kernel · step 10 · 300');
  });

  for (const colours of ['none', 'active']) {
    it(`tells the states apart without colours in the map, forced colours: ${colours}`, async function () {
      const rows = { v: [1e-9], d: [0], e: [1000], n: ['NaN' as const], m: [null], fine: [50] };
      const three = Object.fromEntries(Object.entries(rows).map(([name, [norm]]) => [name, [norm!, norm!, norm!]]));
      if (!(await asked({ 'forced-colors': colours }))) this.skip();
      const view = await shown({ internals: gradientsOf(three) });
      const seen = Object.keys(rows).map((_, row) => greys(view, row, 1, 3).join());
      expect(new Set(seen).size).to.equal(seen.length);
      // A pattern, not a colour: only what is as it should be is even.
      expect(seen.map((pixels) => new Set(pixels.split(',')).size > 1)).to.deep.equal([
        true,
        true,
        true,
        true,
        true,
        false,
      ]);
      await asked({});
    });
  }

  it('gives greater norms colours that stand out more, light and dark', async () => {
    for (const theme of ['light', 'dark'] as const) {
      const norms = { a: [0.001], b: [0.01], c: [0.1], d: [1], e: [10] };
      const view = await shown({ internals: gradientsOf(norms), theme });
      const levels = Object.keys(norms).map((_, row) => greys(view, row, 0, 1)[0]!);
      const rising = levels.toSorted((one, other) => (theme === 'dark' ? one - other : other - one));
      expect(levels).to.deep.equal(rising);
      expect(new Set(levels).size).to.equal(5);
    }
  });

  it('sorts by the greatest norm, and puts the parameters of a layer together', async () => {
    const view = await shown({ internals: gradientsOf() });
    expect(labels(view)).to.deep.equal(Object.keys(ROWS));
    const select = byRole(view, 'combobox') as HTMLSelectElement;
    select.value = 'greatest';
    select.dispatchEvent(new Event('change'));
    await settled(view);
    expect(labels(view).slice(0, 2)).to.deep.equal(['layer2/kernel', 'head/kernel']);
    expect(view.sort).to.equal('greatest');
    const box = allIn(view, 'input')[0] as HTMLInputElement;
    box.click();
    await settled(view);
    expect(labels(view)).to.deep.equal(['layer2', 'head', 'layer0', 'layer1']);
  });

  it('has a table with all of it', async () => {
    const view = await shown({ internals: gradientsOf() });
    expect(hasRole(view, 'columnheader')).to.equal(false);
    byRole(view, 'group').toggleAttribute('open', true);
    await until(() => allIn(view, 'table').length > 0, 'the table');
    const rows = allIn(view, 'tbody tr').map(textIn);
    expect(rows).to.deep.equal([
      'layer0/kernel 2e-5 1e-5 1e-5 2e-5 (step 0) vanishing: 3 (steps 0 to 20)',
      'layer0/bias 1e-5 1e-5 1e-5 1e-5 (step 0) vanishing: 3 (steps 0 to 20)',
      'layer1/kernel 0 0 0 0 (step 0) dead: 4 (steps 0 to 30)',
      'layer2/kernel 0.5 0.7 0.5 300 (step 10) not a number: 1 (step 30), exploding: 1 (step 10)',
      'head/kernel 1 1 1 2 (step 10) not captured: 1 (step 30)',
    ]);
  });

  it('zooms and moves along the steps by buttons, keys and wheel', async () => {
    const view = await shown({ internals: gradientsOf({ a: Array.from({ length: 1000 }, (_, at) => at + 1) }) });
    const axis = (): string[] => allIn(view, '.axis .ends span').map(({ textContent }) => textContent);
    expect(axis()).to.deep.equal(['step 0', 'step 9,990']);
    byRole(view, 'button', 'Fewer steps').click();
    await settled(view);
    expect(axis()).to.deep.equal(['step 2,500', 'step 7,490']);
    await press(view, 'Shift ArrowRight');
    expect(axis()).to.deep.equal(['step 3,750', 'step 8,740']);
    await press(view, 'End');
    expect(axis()).to.deep.equal(['step 5,000', 'step 9,990']);
    const wheel = {
      ...placeOf(view, 0, 1),
      deltaY: -160,
      ctrlKey: true,
      bubbles: true,
      cancelable: true,
      composed: true,
    };
    canvas(view).dispatchEvent(new WheelEvent('wheel', wheel));
    await settled(view);
    expect(axis()).to.deep.equal(['step 7,500', 'step 9,990']);
    const along = { ...wheel, deltaY: 0, deltaX: -placeOf(view, 0, 1).clientX, ctrlKey: false };
    canvas(view).dispatchEvent(new WheelEvent('wheel', along));
    await settled(view);
    expect(Number(axis()[0]!.replace(/\D/g, ''))).to.be.within(4000, 5500);
    await press(view, '-', '0');
    expect(axis()).to.deep.equal(['step 0', 'step 9,990']);
    for (let times = 0; times < 12; times++) await press(view, '+');
    expect(Number(axis()[1]!.replace(/\D/g, '')) - Number(axis()[0]!.replace(/\D/g, ''))).to.equal(70);
  });

  it('scrolls through more rows than have room, and the keys take them along', async () => {
    const rows = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`layer${at}`, [at === 50 ? 1000 : 1]]));
    const view = await shown({ internals: gradientsOf(rows) });
    expect(labels(view)).to.have.length(20);
    await press(view, 'n');
    await until(() => labels(view).includes('layer50'), 'the row');
    expect(card(view)).to.contain('layer50 · step 0 · 1,000 · exploding');
    map(view).scrollTop = 0;
    await until(() => labels(view)[0] === 'layer0', 'the first row');
  });

  it('grows with a training, and what a person looks at stays', async () => {
    const norms = Array.from({ length: 100 }, (_, at) => at + 1);
    const view = await shown({ internals: gradientsOf({ a: norms.slice(0, 50) }) });
    byRole(view, 'button', 'Fewer steps').click();
    await press(view, 'ArrowRight', 'ArrowRight');
    const before = [card(view), ...allIn(view, '.axis .ends span').map(textIn)];
    view.internals = gradientsOf({ a: norms });
    await settled(view);
    expect(sentence(view)).to.contain('100 steps');
    expect([card(view), ...allIn(view, '.axis .ends span').map(textIn)]).to.deep.equal(before);
    view.internals = gradientsOf({ other: norms });
    await settled(view);
    expect(card(view)).to.contain('other · step 0');
  });

  it('reads packed values, here or from where the page finds them, and says when it cannot', async () => {
    const values = await packArray([1, 2, 3, 4, 5, 1e6], [2, 3], { dtype: 'f32' });
    const gradients = { metric: 'l2' as const, steps: [0, 1], params: ['a', 'b', 'c'], values };
    const view = await shown({ internals: { v: 1, gradients } });
    expect(sentence(view)).to.contain('Gradient norm from 1 to 1e6. Exploding: 1 of 3 layers (c).');
    view.rules = { explodingNorm: 2, vanishingRatio: 0 };
    await settled(view);
    expect(sentence(view)).to.contain('Exploding: all 3 layers.');
    const elsewhere = { v: 1 as const, gradients: { ...gradients, values: { ref: 'norms' } } };
    const resolve = (name: string): unknown => (name === 'norms' ? values : undefined);
    expect(sentence(await shown({ internals: elsewhere, resolve }))).to.contain('from 1 to 1e6');
    const lost = await shown({ internals: elsewhere });
    expect(textIn(byRole(lost, 'alert'))).to.equal('The gradients could not be read.');
    const wrong = await packArray([1], [1, 1], { dtype: 'f32' });
    expect(hasRole(await shown({ internals: elsewhere, resolve: () => wrong }), 'alert')).to.equal(true);
  });

  it('shows the norm over all layers where only that was captured, and says so', async () => {
    const internals = gradientsOf(
      { x: [1] },
      { steps: [0, 1, 2], params: [], values: [[], [], []], global: [1, 2, 'NaN'] },
    );
    const view = await shown({ internals });
    expect(labels(view)).to.deep.equal(['All layers together']);
    expect(sentence(view)).to.contain('3 steps. Gradient norm from 1 to 2. Not a number: yes.');
    expect(textIn(view)).to.contain('Norms of single layers were not captured.');
  });

  it('says that nothing was captured, and draws nothing', async () => {
    for (const properties of [{}, { internals: { v: 1 as const } }, { span: await spanWith({}) }]) {
      const view = await shown(properties);
      expect(textIn(view)).to.contain('were not captured').and.to.contain('recordGradients()');
      expect(allIn(view, 'canvas')).to.deep.equal([]);
    }
  });

  it('is a tab of the detail where there are gradients, and is loaded when it is shown', async () => {
    const detail = await fixture<HTMLElementTagNameMap['llm-span-detail']>(html`<llm-span-detail></llm-span-detail>`);
    detail.span = await spanWith({});
    await settled(detail);
    expect(hasRole(detail, 'tab', 'Gradients')).to.equal(false);
    detail.span = await spanWith({ 'llm_trace.internals': JSON.stringify(gradientsOf()) });
    await settled(detail);
    await openTab(detail, /Gradients/);
    await until(() => textIn(detail).includes('Exploding: 1 of 5 layers'), 'the gradients');
  });

  it('is in a view of a log of a training, and of a trace whose values the page keeps elsewhere', async () => {
    const rows = [1, 2, 'NaN'].map((norm, at) => ({ step: at, grad_norm: norm, loss: 3 - at }));
    const values = await packArray([1, 1e6], [1, 2], { dtype: 'f32' });
    const gradients = { metric: 'l2', steps: [0], params: ['a', 'b'], values: { ref: 'norms' } };
    const elsewhere = otlp({
      id: 'training',
      start: 0,
      end: 1,
      attributes: { 'llm_trace.internals': JSON.stringify({ v: 1, gradients }) },
    });
    const log = JSON.stringify({ global_step: 2, log_history: rows });
    const cases: [input: unknown, told: string][] = [
      [new File([log.replace('"NaN"', 'NaN')], 'trainer_state.json'), 'Not a number: yes. Loss: 3 to 1.'],
      [elsewhere, 'Exploding: 1 of 2 layers (b).'],
    ];
    for (const [input, told] of cases) {
      const view = await emptyView();
      view.resolve = (name: string): unknown => (name === 'norms' ? values : undefined);
      await view.load(input);
      view.selected = view.trace!.spans.at(0)!.id;
      await settled(view);
      await openTab(view, /Gradients/);
      await until(() => textIn(view).includes(told), told);
    }
  });

  it('shows the first span of a trace that has gradients, in German too', async () => {
    const trace = (await spanWith({ 'llm_trace.internals': JSON.stringify(gradientsOf(ROWS, LOGGED)) })).trace;
    const box = await fixture<HTMLElement>(html`<div lang="de"><llm-gradient-view></llm-gradient-view></div>`);
    const view = box.querySelector('llm-gradient-view')!;
    view.trace = trace;
    await settled(view);
    expect(sentence(view)).to.contain('4 Schritte, 5 Schichten.').and.to.contain('Lernrate: 0,1 bis 0,01.');
  });

  it('is its table on paper', async function () {
    const view = await shown({ internals: gradientsOf() });
    try {
      if (!(await asked({ medium: 'print' }))) this.skip();
      await until(() => allIn(view, 'tbody tr').length === 5, 'the table');
    } finally {
      await asked({});
    }
  });

  it('has enough room on a small phone, from right to left too', async () => {
    const internals = gradientsOf({ ...ROWS, ['x'.repeat(300)]: [1, 1, 1, 1] }, LOGGED);
    for (const dir of ['ltr', 'rtl']) {
      const view = await shown({ internals, dir }, 320);
      const frame = allIn(view, '.frame')[0]!;
      expect(frame.scrollWidth).to.be.at.most(frame.clientWidth);
      expect(canvas(view).clientWidth).to.be.at.least(180);
    }
  });

  for (const theme of ['light', 'dark'] as const) {
    it(`is accessible, ${theme}`, async () => {
      const view = await shown({ internals: gradientsOf(ROWS, LOGGED), theme });
      byRole(view, 'group').toggleAttribute('open', true);
      await until(() => allIn(view, 'table').length > 0, 'the table');
      await expect(view).to.be.accessible();
      await expect(await shown({ theme })).to.be.accessible();
    });
  }

  it('masks secrets in the names of layers', async () => {
    const secret = 'sk-proj-abcdefghijklmnopqrstuvwxyz0123456789ABCD';
    const view = await shown({ internals: gradientsOf({ [secret]: [1, 0], fine: [1, 1] }), content: 'masked' });
    await until(() => labels(view)[1] === 'fine', 'the names');
    byRole(view, 'group').toggleAttribute('open', true);
    await settled(view);
    expect(view.shadowRoot!.innerHTML).to.not.contain('abcdefghij');
  });

  it('takes forged values and wild numbers as what they are', async () => {
    const box = await fixture<HTMLElement>(html`<div></div>`);
    for (const value of [...forgedValues(), -1, 1e308, -1e308, 5e-324, 'NaN', '<img src=x onerror=alert(1)>']) {
      const rows = [
        [value, 1],
        [1, value],
      ];
      for (const part of [
        { params: [value, 'b'] },
        { values: rows },
        { values: value },
        { steps: [0, value] },
        { loss: [value, 1], lr: [1e308, value], global: [value, value] },
        { flags: [{ step: value, param: value, kind: value }] },
      ]) {
        const view = document.createElement('llm-gradient-view');
        const gradients = { metric: 'l2', steps: [0, 1], params: ['a', 'b'], values: [[1, 2], [3, 4]], ...part }; // prettier-ignore
        view.span = await spanWith({ 'llm_trace.internals': JSON.stringify({ v: 1, gradients }) });
        box.append(view);
      }
    }
    await measured(box);
    expect(strangeThings(box)).to.deep.equal([]);
    expect(hasRole(box, 'alert')).to.equal(false);
  });
});
