import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { sendKeys, sendMouse } from '@web/test-runner-commands';
import '../../define.js';
import type { TraceFigures } from '../../analysis/index.js';
import { readTraces } from '../../formats/index.js';
import type { StoredSummary, StoredTraces } from '../../internal/stored-traces.js';
import type { LlmTracesSelectEvent } from '../events/index.js';
import { allByRole, byRole, hasRole, otlp, sample, textIn, until } from '../test-support.js';
import type { LlmMetricSummary } from './llm-metric-summary.js';

const HOUR = 3_600_000;
const START = 1_790_000_000_000 - (1_790_000_000_000 % (24 * HOUR));

/** A trace at the beginning of each of ten hours; every fifth failed. */
const summaries: readonly TraceFigures[] = Array.from({ length: 10 }, (_, at) => ({
  id: `trace-${at}`,
  start: START + at * HOUR,
  duration: (at + 1) * 1000,
  errorCount: at % 5 ? 0 : 1,
  errorTypes: at % 5 ? [] : ['TimeoutError'],
  usage: { total: 100 },
  models: [{ model: at % 2 ? 'small' : 'large', calls: 1, tokens: 100 }],
  scores: [{ name: 'helpful', value: at / 10 }],
}));

async function shown(given: Partial<LlmMetricSummary>): Promise<LlmMetricSummary> {
  const element = await fixture<LlmMetricSummary>(html`<llm-metric-summary></llm-metric-summary>`);
  Object.assign(element, given);
  await until(() => hasRole(element, 'list', 'Figures of many traces'), 'the figures');
  return element;
}

const totals = (element: LlmMetricSummary): string => textIn(byRole(element, 'list', 'Figures of many traces'));
const selection = (element: LlmMetricSummary): Promise<LlmTracesSelectEvent> =>
  oneEvent(element, 'llm-traces-select') as unknown as Promise<LlmTracesSelectEvent>;

describe('llm-metric-summary of many traces', () => {
  it('shows what they come to, and only what they state', async () => {
    const element = await shown({ summaries });
    expect(totals(element)).to.match(/^Traces 10 .* Duration 5\.00 s p95 10\.00 s .* Error rate 20% 2 Tokens 1,000$/);
    expect(allByRole(element, 'slider').map((plot) => plot.ariaLabel)).to.deep.equal([
      'Traces over time',
      'Duration over time',
      'Tokens over time',
      'helpful over time',
    ]);
    await expect(element).to.be.accessible();
  });

  it('reads addresses and files, one after the other, and says what it could not read', async () => {
    const span = (trace: string, start: number): File =>
      new File([JSON.stringify(otlp({ id: 'a', trace, name: trace, start, end: start + 10 }))], `${trace}.json`);
    const address = URL.createObjectURL(span('one', 0));
    const broken = new File(['{"broken'], 'broken.json');
    const element = await fixture<LlmMetricSummary>(html`<llm-metric-summary sources=${address}></llm-metric-summary>`);
    await until(() => hasRole(element, 'list', 'Figures of many traces'), 'the figures');
    expect(totals(element)).to.match(/^Traces 1 /);
    expect(hasRole(element, 'status')).to.equal(true);
    element.sources = [address, broken, span('two', 1000), `${address}?missing`];
    await until(() => totals(element).startsWith('Traces 2 ') && !textIn(element).includes('Reading'), 'the others');
    expect(textIn(element)).to.contain('Not read: broken.json: ');
    expect(textIn(element).match(/Not read: /g)).to.have.length(2);
    const chosen = selection(element);
    byRole(element, 'slider', 'Traces over time').focus();
    await sendKeys({ press: 'Home' });
    await sendKeys({ press: 'Enter' });
    expect((await chosen).detail.traceIds).to.deep.equal(['one']);
  });

  it('plots what traces took of their machines, where they state it, with a table', async () => {
    const [first, ...others] = summaries;
    const element = await shown({ summaries: [{ ...first!, resources: { cpu: 0.5, memory: 2e9 } }, ...others] });
    const plot = byRole(element, 'slider', 'Processor over time').closest('section')!;
    expect(textIn(plot)).to.match(/^Processor mean 50% most 50%/);
    expect(byRole(element, 'slider', 'Memory over time').ariaValueText).to.match(/mean not known, most not known$/);
    plot.querySelector<HTMLElement>('details summary')!.click();
    await until(() => hasRole(element, 'region', 'Processor over time'), 'the table');
    const [row] = byRole(element, 'region', 'Processor over time').querySelectorAll('tbody tr');
    expect(textIn(row!)).to.match(/50% 50%$/);
  });

  it('tells the figures of a moment, and chooses its traces, by keys', async () => {
    const element = await shown({ summaries });
    byRole(element, 'slider', 'Traces over time').focus();
    await sendKeys({ press: 'Home' });
    await element.updateComplete;
    expect(byRole(element, 'slider', 'Traces over time').ariaValueText).to.match(/: without an error 0, failed 1$/);
    const chosen = selection(element);
    await sendKeys({ press: 'Enter' });
    expect((await chosen).detail).to.deep.equal({ traceIds: ['trace-0'] });
  });

  it('shows a stretch of time alone, by keys, and all of it again', async () => {
    const element = await shown({ summaries });
    byRole(element, 'slider', 'Traces over time').focus();
    await sendKeys({ press: 'End' });
    const { ariaValueNow } = byRole(element, 'slider', 'Traces over time');
    // Stretches may be shorter than an hour.
    const anHour = Math.round(Number(ariaValueNow) / 9);
    await sendKeys({ down: 'Shift' });
    for (let step = 0; step < 2 * anHour; step++) await sendKeys({ press: 'ArrowLeft' });
    await sendKeys({ up: 'Shift' });
    await element.updateComplete;
    const zoomed = selection(element);
    await sendKeys({ press: 'Enter' });
    const { detail } = await zoomed;
    expect(detail.traceIds).to.deep.equal(['trace-7', 'trace-8', 'trace-9']);
    expect(element.range).to.deep.equal(detail.range);
    await element.updateComplete;
    expect(totals(element)).to.match(/^Traces 3 /);
    const whole = selection(element);
    byRole(element, 'button', 'Show all of the time').click();
    expect((await whole).detail.traceIds).to.have.length(10);
    await element.updateComplete;
    expect(totals(element)).to.match(/^Traces 10 /);
  });

  it('shows a stretch of time alone that the mouse was drawn over', async () => {
    const element = await shown({ summaries });
    const { left, top, width, height } = byRole(element, 'slider', 'Traces over time').getBoundingClientRect();
    const at = (share: number): [number, number] => [Math.round(left + width * share), Math.round(top + height / 2)];
    const zoomed = selection(element);
    await sendMouse({ type: 'move', position: at(0.005) });
    await sendMouse({ type: 'down' });
    await sendMouse({ type: 'move', position: at(0.35) });
    await sendMouse({ type: 'up' });
    const { traceIds } = (await zoomed).detail;
    expect(traceIds.slice(0, 3)).to.deep.equal(['trace-0', 'trace-1', 'trace-2']);
    expect(traceIds.length).to.be.below(6);
  });

  it('says the same in tables, and chooses by model and by type of error', async () => {
    const element = await shown({ summaries });
    element.shadowRoot!.querySelector<HTMLElement>('details summary')!.click();
    await until(() => hasRole(element, 'region', 'Traces over time'), 'the table');
    const rows = [...byRole(element, 'region', 'Traces over time').querySelectorAll('tbody tr')];
    expect(rows.map((row) => textIn(row.lastElementChild!)).filter((failed) => failed === '1')).to.have.length(2);
    await expect(element).to.be.accessible();
    const failed = selection(element);
    byRole(element, 'button', /^TimeoutError/).click();
    expect((await failed).detail.traceIds).to.deep.equal(['trace-0', 'trace-5']);
    const small = selection(element);
    byRole(element, 'button', 'small').click();
    expect((await small).detail.traceIds).to.deep.equal([1, 3, 5, 7, 9].map((at) => `trace-${at}`));
  });

  it('reads the figures of traces, and says what is left out of them', async () => {
    const traces = [
      ...(await readTraces(await sample('rag-kensho'))),
      ...(await readTraces(otlp({ id: 'a', trace: 'running', start: 0 }))),
    ];
    const element = await shown({ traces });
    expect(totals(element)).to.match(/^Traces 2 /);
    expect(textIn(element)).to.contain('1 trace is running or without times, and in no duration');
    expect(textIn(element)).to.contain('1 trace states no tokens');
  });

  it('follows a store, says why it cannot be read, and tries again', async () => {
    let isBroken = true;
    let tell = (): void => {};
    const stored = summaries.map(
      (figures) => ({ ...figures, name: figures.id, spanCount: 1, status: 'ok', isRunning: false }) as StoredSummary,
    );
    const store: StoredTraces = {
      list: () => (isBroken ? Promise.reject(new Error('disk on fire')) : Promise.resolve([...stored])),
      trace: () => Promise.resolve(undefined),
      subscribe(listener) {
        tell = () => listener({ traceIds: [] });
        return () => {};
      },
    };
    const element = await fixture<LlmMetricSummary>(html`<llm-metric-summary .store=${store}></llm-metric-summary>`);
    await until(() => hasRole(element, 'alert'), 'the failure');
    expect(textIn(byRole(element, 'alert'))).to.contain('disk on fire');
    isBroken = false;
    byRole(element, 'button', 'Try again').click();
    await until(() => !hasRole(element, 'alert') && totals(element).startsWith('Traces 10 '), 'the figures');
    stored.pop();
    tell();
    await until(() => totals(element).startsWith('Traces 9 '), 'what has changed');
  });

  it('shows no secret of the names where it is masked, and nothing hidden', async () => {
    const secret: TraceFigures = {
      id: 'a',
      start: START,
      duration: 1,
      errorCount: 1,
      errorTypes: ['jane.doe@example.org'],
      usage: { total: 1 },
      models: [{ model: 'jane.doe@example.org', calls: 1, tokens: 1 }],
      scores: [
        { name: 'jane.doe@example.org', value: 1 },
        { name: 'x\u202ey', value: 'jane.doe@example.org' },
      ],
    };
    const element = await shown({ summaries: [secret] });
    const words = (): string => element.shadowRoot!.querySelector('.frame')!.outerHTML;
    expect(words().match(/jane\.doe/g)).to.have.length.above(5);
    expect(words()).to.not.contain('\u202e');
    element.content = 'masked';
    await until(() => !words().includes('…'), 'what masks');
    expect(words()).to.not.contain('jane.doe');
  });
});
