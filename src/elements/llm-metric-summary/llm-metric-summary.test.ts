import { expect, oneEvent } from '@open-wc/testing';
import '../../define.js';
import {
  activeRow,
  allByRole,
  byRole,
  hasRole,
  loadedView,
  otlp,
  rowOf,
  sample,
  selectedIds,
  settled,
  textIn,
  wide,
  type SpanSketch,
} from '../test-support.js';
import type { LlmSpanSelectEvent } from '../events/index.js';
import type { LlmTraceView } from '../llm-trace-view/llm-trace-view.js';

interface RawSpan {
  spanId: string;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  status?: { code?: number };
  attributes: { key: string; value: Record<string, unknown> }[];
}

interface RawResource {
  scopeSpans: { spans: RawSpan[] }[];
}

/** Figures of a sample, counted from the file itself. */
async function countedFrom(
  name: string,
): Promise<Record<'input' | 'output' | 'cached' | 'reasoning' | 'calls' | 'ms', number>> {
  const { resourceSpans } = JSON.parse(await sample(name)) as { resourceSpans: RawResource[] };
  const spans = resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
  const sum = (key: string): number =>
    spans
      .flatMap(({ attributes }) => attributes)
      .filter((attribute) => attribute.key === key)
      .reduce((total, { value }) => total + Number(value['intValue']), 0);
  const starts = spans.map((span) => BigInt(span.startTimeUnixNano));
  const ends = spans.map((span) => BigInt(span.endTimeUnixNano));
  const first = starts.reduce((one, other) => (other < one ? other : one));
  const last = ends.reduce((one, other) => (other > one ? other : one));
  return {
    input: sum('llm.token_count.prompt'),
    output: sum('llm.token_count.completion'),
    cached: sum('llm.token_count.prompt_details.cache_read'),
    reasoning: sum('llm.token_count.completion_details.reasoning'),
    calls: spans.filter(({ attributes }) => attributes.some(({ value }) => value['stringValue'] === 'LLM')).length,
    ms: Number(last - first) / 1e6,
  };
}

const summaryOf = (view: LlmTraceView): HTMLElement => byRole(view, 'list', 'Summary of the trace');
const figure = (view: LlmTraceView, label: string): HTMLElement =>
  byRole(summaryOf(view), 'button', new RegExp(`^${label} `));

async function clickFigure(view: LlmTraceView, label: string): Promise<string | undefined> {
  figure(view, label).click();
  await settled(view);
  return selectedIds(view)[0];
}

describe('llm-metric-summary: figures', () => {
  it('are those of the retrieval trace', async () => {
    const view = await loadedView(await sample('rag-kensho'));
    const { input, output, calls, ms } = await countedFrom('rag-kensho');
    expect([input, output, calls]).to.deep.equal([116, 7, 1]);
    expect(allByRole(summaryOf(view), 'button').map(textIn).slice(0, 4)).to.deep.equal([
      `Duration ${Math.round(ms)} ms`,
      'LLM calls 1 1 model',
      'Tokens 116 in · 7 out 1 call states none',
      'Longest own time 205 ms OpenAI Chat Completions',
    ]);
  });

  it('are those of the nested agents, each call counted once', async () => {
    const view = await loadedView(await sample('nested-agents'));
    const { input, output, cached, reasoning, calls, ms } = await countedFrom('nested-agents');
    expect(textIn(figure(view, 'Tokens'))).to.equal(
      `Tokens ${input.toLocaleString('en')} in · ${output.toLocaleString('en')} out ` +
        `${Math.round((cached / input) * 100)}% cached · ${reasoning} reasoning · 2 calls state none`,
    );
    expect(textIn(figure(view, 'LLM calls'))).to.contain(`LLM calls ${calls} `);
    expect(textIn(figure(view, 'Duration'))).to.equal(`Duration ${(ms / 1000).toFixed(2)} s`);
  });

  it('count the kinds of span', async () => {
    const view = await loadedView(await sample('rag-kensho'));
    for (const name of ['2 chains', '1 LLM call', '1 retriever', '1 embedding']) {
      expect(hasRole(summaryOf(view), 'button', name), name).to.equal(true);
    }
  });

  it('leave out what the trace does not state', async () => {
    const view = await loadedView(wide(3));
    const labels = allByRole(summaryOf(view), 'button').map(textIn).join(' ');
    expect(labels).not.to.match(/Cost|Tokens|LLM calls|Most expensive/);
  });

  it('give the cost where the trace states it', async () => {
    const view = await loadedView(
      otlp(
        { id: 'root', start: 0, end: 10 },
        {
          id: 'cheap',
          parent: 'root',
          start: 1,
          end: 2,
          attributes: { 'openinference.span.kind': 'LLM', 'llm.cost.total': 0.25 },
        },
        {
          id: 'dear',
          parent: 'root',
          start: 3,
          end: 4,
          attributes: { 'openinference.span.kind': 'LLM', 'llm.cost.total': 1.5 },
        },
      ),
    );
    expect(textIn(figure(view, 'Cost'))).to.equal('Cost $1.75');
    expect(textIn(figure(view, 'Most expensive'))).to.equal('Most expensive $1.50 dear');
    expect(textIn(rowOf(view, 'root'))).to.contain('$1.75');
    expect(await clickFigure(view, 'Cost')).to.equal('dear');
  });

  it('count what is stated twice once, and say what is missing', async () => {
    const asked = (id: string, parent: string, start: number, end: number, more: object): SpanSketch => ({
      id,
      parent,
      start,
      end,
      attributes: { 'openinference.span.kind': 'LLM', 'llm.model_name': 'm', ...more },
    });
    const usage = { 'llm.token_count.prompt': 100, 'llm.token_count.completion': 10 };
    const view = await loadedView(
      otlp(
        { id: 'root', start: 0, end: 100 },
        asked('outer', 'root', 0, 50, usage),
        asked('inner', 'outer', 1, 49, { ...usage, 'llm.cost.total': 0.5 }),
        asked('priceless', 'root', 60, 80, usage),
        asked('silent', 'root', 80, 90, {}),
      ),
    );
    expect(textIn(figure(view, 'LLM calls'))).to.equal('LLM calls 3 1 model');
    expect(textIn(figure(view, 'Tokens'))).to.equal(
      'Tokens 200 in · 20 out 1 call states none · 1 repeat counted once',
    );
    expect(textIn(figure(view, 'Cost'))).to.equal('Cost $0.50 1 call without a price');
    view.prices = { priceOf: () => 0.25 };
    await settled(view);
    expect(textIn(figure(view, 'Cost'))).to.equal('Cost ≈ $0.75 $0.25 of it estimated');
  });

  it('say so where calls state no tokens at all', async () => {
    const view = await loadedView(
      otlp({ id: 'a', start: 0, end: 1, attributes: { 'openinference.span.kind': 'LLM' } }),
    );
    expect(textIn(summaryOf(view)))
      .to.contain('Tokens not stated')
      .and.not.to.contain('Cost');
  });

  it('change with the trace', async () => {
    const view = await loadedView(await sample('rag-kensho'));
    await view.load(await sample('error-retry'));
    await settled(view);
    expect(textIn(figure(view, 'Errors'))).to.equal('Errors 2');
  });
});

describe('llm-metric-summary: the way from a figure to its span', () => {
  it('leads from the slowest step to it', async () => {
    const view = await loadedView(await sample('rag-kensho'));
    expect(await clickFigure(view, 'Longest own time')).to.equal('e7752153796e1411');
    expect(hasRole(view, 'heading', 'OpenAI Chat Completions')).to.equal(true);
  });

  it('leads from the duration to the root', async () => {
    const view = await loadedView(await sample('rag-kensho'));
    expect(await clickFigure(view, 'Duration')).to.equal('89f1e75d5e50aa7b');
  });

  it('goes from one error to the next, and round', async () => {
    const view = await loadedView(await sample('error-retry'));
    const way: (string | undefined)[] = [];
    for (let click = 0; click < 3; click++) way.push(await clickFigure(view, 'Errors'));
    expect(way).to.deep.equal(['2ec21d446772726f', '96e9dfd59a2b6854', '2ec21d446772726f']);
  });

  it('goes from one span of a kind to the next', async () => {
    const view = await loadedView(await sample('rag-kensho'));
    const way: (string | undefined)[] = [];
    for (let click = 0; click < 3; click++) {
      byRole(summaryOf(view), 'button', '2 chains').click();
      await settled(view);
      way.push(selectedIds(view)[0]);
    }
    expect(way).to.deep.equal(['89f1e75d5e50aa7b', 'd84e379396ef35d6', '89f1e75d5e50aa7b']);
  });

  it('is no button where there is no span behind it', async () => {
    const view = await loadedView(wide(3));
    expect(hasRole(summaryOf(view), 'button', /^Errors/)).to.equal(false);
    expect(textIn(summaryOf(view))).to.contain('Errors none');
  });

  it('opens what hides the span', async () => {
    const view = await loadedView(await sample('error-retry'));
    view.collapseAll();
    await settled(view);
    expect(await clickFigure(view, 'Errors')).to.equal('2ec21d446772726f');
    expect(activeRow(view)?.dataset['spanId']).to.equal('2ec21d446772726f');
  });

  it('tells the page once', async () => {
    const view = await loadedView(await sample('rag-kensho'));
    let heard = 0;
    view.addEventListener('llm-span-select', () => heard++);
    const told = oneEvent(view, 'llm-span-select');
    await clickFigure(view, 'Longest own time');
    expect(((await told) as LlmSpanSelectEvent).detail.span.id).to.equal('e7752153796e1411');
    expect(heard).to.equal(1);
  });
});
