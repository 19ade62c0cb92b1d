import { expect, fixture, html, nextFrame, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../define.js';
import '../i18n/de.js';
import { traceMetrics } from '../analysis/index.js';
import type { ListedTrace } from '../analysis/index.js';
import { langfuseSource } from '../sources/langfuse.js';
import { listedRow } from '../sources/listed-row.js';
import { TraceSourceError } from '../sources/source-error.js';
import type { PageRequest, TraceFilter, TracePage, TraceQuery, TraceSource } from '../sources/source.js';
import type { LlmMetricSummary } from './llm-metric-summary/llm-metric-summary.js';
import type { LlmTraceList } from './llm-trace-list/llm-trace-list.js';
import type { LlmTraceView } from './llm-trace-view/llm-trace-view.js';
import { backend } from '../test/backend.js';
import { byRole, hasRole, rowsOf, textIn, traceOf, until } from './test-support.js';

const START = 1_790_000_000_000;
const nameOf = (at: number): string => `run ${String(at).padStart(4, '0')}`;

/** A backend with so many traces, which notes what it is asked. */
class CountedBackend implements TraceSource {
  readonly title = 'Backend';
  readonly filters: ReadonlySet<TraceFilter> = new Set<TraceFilter>(['name', 'status']);
  readonly asked: { query: TraceQuery; cursor: string | undefined }[] = [];
  /** What the next request fails with. */
  fault: Error | undefined;
  total: number | undefined;
  incomplete: string | undefined;
  readonly #all: readonly ListedTrace[];

  constructor(count: number) {
    this.#all = Array.from({ length: count }, (_, at) =>
      listedRow({ id: `t${at}`, name: nameOf(at), start: START - at * 1000, duration: 10 + at, status: 'ok' }),
    );
    this.total = count;
  }

  list(query: TraceQuery, { cursor }: PageRequest = {}): Promise<TracePage> {
    this.asked.push({ query, cursor });
    const { fault } = this;
    this.fault = undefined;
    if (fault) return Promise.reject(fault);
    const all = this.#all.filter(({ name }) => name.includes(query.name ?? ''));
    const from = Number(cursor ?? 0);
    const end = from + 50;
    return Promise.resolve({
      traces: all.slice(from, end),
      cursor: end < all.length ? String(end) : undefined,
      total: this.total && all.length,
      incomplete: this.incomplete,
    });
  }

  async trace(id: string): Promise<Awaited<ReturnType<typeof traceOf>> | undefined> {
    const known = this.#all.find((trace) => trace.id === id);
    return known && traceOf({ id: '01', name: `root of ${known.name}`, trace: '00000000000000000000000000000001' });
  }
}

const failed = (reason: 'gone' | 'key' | 'cors', status?: number): TraceSourceError =>
  new TraceSourceError(reason, { title: 'Backend', address: 'http://backend/', status, setting: 'ALLOWED' });

const listOf = async (source: TraceSource, filter: TraceQuery = {}, lang = 'en'): Promise<LlmTraceList> => {
  const list = await fixture<LlmTraceList>(
    html`<llm-trace-list lang=${lang} .source=${source} .filter=${filter}></llm-trace-list>`,
  );
  await until(
    () => hasRole(list, 'search') && list.shadowRoot!.querySelector('.frame')!.ariaBusy === 'false',
    'an answer',
  );
  return list;
};
const said = (list: Element): string => textIn(list.shadowRoot!.querySelector('.foot, .nothing, .left-out')!);
const names = (list: LlmTraceList): string[] =>
  [...list.shadowRoot!.querySelectorAll<HTMLElement>('[data-trace-id]')]
    .sort((one, other) => Number(one.ariaRowIndex) - Number(other.ariaRowIndex))
    .map((row) => textIn(row.querySelector('.name')!));

describe('a list of the traces of a backend', () => {
  it('asks for a page, and for the next one when it is scrolled to', async () => {
    const source = new CountedBackend(500);
    const list = await listOf(source);
    expect(source.asked).to.have.length(1);
    expect(said(list)).to.contain('50 of 500 traces');
    expect(names(list)[0]).to.equal(nameOf(0));
    expect(byRole(list, 'grid').ariaRowCount).to.equal('501');
    list.focus();
    await sendKeys({ press: 'End' });
    await until(() => said(list).includes('100 of 500'), 'the second page');
    await nextFrame();
    expect(source.asked.map(({ cursor }) => cursor)).to.deep.equal([undefined, '50']);
    await sendKeys({ press: 'End' });
    await until(() => said(list).includes('150 of 500'), 'the third page');
    expect(names(list)).to.include(nameOf(99));
  });

  it('fetches no more than it shows', async () => {
    const rows = Array.from({ length: 50 }, (_, at) => ({
      id: `t${at}`,
      name: nameOf(at),
      timestamp: '2026-11-20T10:00:00Z',
    }));
    const body = { data: rows, meta: { totalItems: 100_000 } };
    // A page remembers 250 files, and has loaded more by now.
    performance.clearResourceTimings();
    const { url, asked } = await backend({ path: 'api/public/traces', body });
    const list = await listOf(langfuseSource({ url }));
    expect(said(list)).to.contain('50 of 100,000 traces');
    const sizes = (): number[] =>
      performance
        .getEntriesByType('resource')
        .filter(({ name }) => name.includes(`${url}/`))
        .map((entry) => (entry as PerformanceResourceTiming).decodedBodySize);
    // The browser tells of it in its own time.
    await until(() => sizes().length > 0, 'what was received');
    expect(sizes()).to.deep.equal([JSON.stringify(body).length]);
    expect(await asked()).to.have.length(1);
  });

  it('says where nobody knows how many there are, and where they end', async () => {
    const source = new CountedBackend(60);
    source.total = undefined;
    const list = await listOf(source);
    expect(said(list)).to.contain('first 50 traces; there are more');
    expect(byRole(list, 'grid').ariaRowCount).to.equal('-1');
    list.focus();
    await sendKeys({ press: 'End' });
    await until(() => said(list).includes('All 60 traces'), 'the end');
    expect(byRole(list, 'grid').ariaRowCount).to.equal('61');
  });

  it('has the backend filter, and says what it does not filter by', async () => {
    const source = new CountedBackend(120);
    const list = await listOf(source, { model: 'gpt-5', status: 'error' });
    expect(said(list)).to.contain('Backend does not filter by this, so it is not applied: Model');
    expect(said(list)).not.to.contain('Errors');
    expect(byRole(list, 'searchbox', 'Model')).to.have.property('disabled', true);
    const name = byRole(list, 'searchbox', 'Name') as HTMLInputElement;
    name.focus();
    await sendKeys({ type: 'run 001' });
    await sendKeys({ press: 'Enter' });
    await until(() => said(list).includes('All 10 traces'), 'the traces of that name');
    expect(source.asked.at(-1)!.query).to.deep.equal({ name: 'run 001', model: 'gpt-5', status: 'error' });
    byRole(list, 'textbox', 'Only with errors').click();
    await until(() => source.asked.at(-1)!.query.status === undefined, 'the other question');
  });

  it('keeps what is shown where a page fails, and goes on from there', async () => {
    const source = new CountedBackend(200);
    const list = await listOf(source);
    source.fault = failed('key', 401);
    list.focus();
    await sendKeys({ press: 'End' });
    await until(() => hasRole(list, 'alert'), 'the failure');
    const alert = byRole(list, 'alert');
    expect(textIn(alert)).to.contain('wants a key').and.contain('The traces above stay');
    expect(names(list)).to.include(nameOf(49));
    await nextFrame();
    expect(source.asked).to.have.length(2);
    byRole(list, 'button', 'Try again').click();
    await until(() => said(list).includes('100 of 200'), 'the page');
    expect(hasRole(list, 'alert')).to.be.false;
    expect(source.asked.at(-1)!.cursor).to.equal('50');
  });

  it('begins again where the next page is gone', async () => {
    const source = new CountedBackend(200);
    const list = await listOf(source);
    source.fault = failed('gone', 410);
    list.focus();
    await sendKeys({ press: 'End' });
    await until(() => hasRole(list, 'button', 'Begin again'), 'the failure');
    expect(names(list)).to.include(nameOf(49));
    byRole(list, 'button', 'Begin again').click();
    await until(() => !hasRole(list, 'alert'), 'the first page');
    expect(source.asked[2]!.cursor).to.equal(undefined);
  });

  it('says in the language of the page why there is nothing', async () => {
    const source = new CountedBackend(10);
    source.fault = failed('cors');
    const list = await listOf(source, {}, 'de');
    expect(textIn(byRole(list, 'alert')))
      .to.contain('lässt diese Seite nicht lesen')
      .and.contain('ALLOWED');
    byRole(list, 'button', 'Erneut versuchen').click();
    await until(() => said(list).includes('Alle 10 Traces'), 'the traces');
  });

  it('shows what a backend says as text', async () => {
    const source = new CountedBackend(3);
    source.incomplete = '<img src=x onerror=alert(1)>';
    const list = await listOf(source);
    expect(said(list)).to.contain('Some traces may be missing').and.contain('<img src=x');
    expect(list.shadowRoot!.querySelector('img')).to.equal(null);
  });

  it('fits into 320 px, and is accessible, light and dark', async () => {
    const list = await listOf(new CountedBackend(80), { model: 'm' });
    list.style.width = '320px';
    await nextFrame();
    expect(list.shadowRoot!.querySelector('.frame')!.scrollWidth).to.be.at.most(320);
    for (const theme of ['light', 'dark'] as const) {
      list.theme = theme;
      await list.updateComplete;
      await expect(list).shadowDom.to.be.accessible();
    }
  });

  it('shows the traces of the page again without a source', async () => {
    const list = await listOf(new CountedBackend(3));
    list.traces = [await traceOf({ id: '01', name: 'its own' })];
    list.source = undefined;
    await list.updateComplete;
    expect(names(list)).to.deep.equal(['its own']);
    expect(hasRole(list, 'combobox', 'Sort by') || hasRole(list, 'columnheader')).to.be.true;
  });
});

describe('a trace of a backend', () => {
  const view = (source: TraceSource, traceId?: string): Promise<LlmTraceView> =>
    fixture<LlmTraceView>(html`<llm-trace-view .source=${source} trace-id=${traceId ?? ''}></llm-trace-view>`);

  it('is shown by its id, or the newest one', async () => {
    const source = new CountedBackend(3);
    const shown = await fixture<LlmTraceView>(html`<llm-trace-view .source=${source}></llm-trace-view>`);
    await oneEvent(shown, 'llm-trace-load');
    await until(() => textIn(rowsOf(shown)[0]!).includes(`root of ${nameOf(0)}`), 'the newest');
    shown.traceId = 't2';
    await until(() => textIn(rowsOf(shown)[0]!).includes(`root of ${nameOf(2)}`), 'the other one');
  });

  it('says that there is none, and why it could not be had', async () => {
    const missing = await view(new CountedBackend(3), 'nobody');
    await until(() => textIn(missing).includes('Backend has no such trace.'), 'that there is none');
    const source = new CountedBackend(3);
    source.trace = () => Promise.reject(failed('key', 401));
    const refused = await view(source, 't0');
    await until(() => hasRole(refused, 'alert'), 'the failure');
    expect(textIn(byRole(refused, 'alert'))).to.contain('wants a key');
    source.trace = () => traceOf({ id: '01', name: 'at last' });
    byRole(refused, 'button', 'Try again').click();
    await until(() => textIn(refused).includes('at last'), 'the trace');
  });
});

describe('figures of a backend', () => {
  const summaryOf = (source: TraceSource, filter: TraceQuery = {}): Promise<LlmMetricSummary> =>
    fixture<LlmMetricSummary>(html`<llm-metric-summary .source=${source} .filter=${filter}></llm-metric-summary>`);
  const total = (summary: LlmMetricSummary): string => textIn(byRole(summary, 'list', 'Figures of many traces'));

  it('are those of the first pages, and say so', async () => {
    const source = new CountedBackend(600);
    const summary = await summaryOf(source, { model: 'm' });
    await until(() => textIn(summary).includes('Figures of 500 of 600 traces'), 'the first pages');
    expect(total(summary)).to.contain('500');
    expect(textIn(summary)).to.contain('does not filter by this, so it is not applied: Model');
    expect(source.asked).to.have.length(10);
    byRole(summary, 'button', 'More').click();
    await until(() => total(summary).includes('600'), 'all');
  });

  it('are worked out by a backend that can, anew for another time', async () => {
    const figures = [0, 1, 2, 3].map((at) => ({
      id: String(at),
      start: START + at * 60_000,
      duration: 5,
      errorCount: 0,
    }));
    const asked: TraceQuery[] = [];
    const source = new CountedBackend(1_000_000) as CountedBackend & Pick<TraceSource, 'summarise'>;
    source.summarise = (query) => {
      asked.push(query);
      const metrics = traceMetrics(figures, { from: query.from ?? 0, to: query.to ?? Infinity });
      return Promise.resolve({ ...metrics, buckets: metrics.buckets.map((bucket) => ({ ...bucket, traces: [] })) });
    };
    const summary = await summaryOf(source, { name: 'n' });
    await until(() => hasRole(summary, 'list', 'Figures of many traces'), 'the figures');
    expect(total(summary)).to.contain('Traces 4');
    expect(source.asked).to.have.length(0);
    summary.range = { start: START + 60_000, end: START + 180_000 };
    await until(() => total(summary).includes('Traces 2'), 'those of the time');
    expect(asked.at(-1)).to.deep.equal({ name: 'n', from: START + 60_000, to: START + 180_000 });
    const slider = byRole(summary, 'slider', 'Traces over time');
    slider.focus();
    await sendKeys({ press: 'ArrowLeft' });
    const chosen = oneEvent(summary, 'llm-traces-select');
    await sendKeys({ press: 'Enter' });
    const { detail } = (await chosen) as CustomEvent<{ traceIds: string[]; range: { start: number } }>;
    expect(detail.traceIds).to.be.empty;
    expect(detail.range.start).to.be.at.least(START);
  });
});
