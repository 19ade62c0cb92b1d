import { expect, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../define.js';
import {
  allByRole,
  allIn,
  byRole,
  focused,
  hasRole,
  loadedView,
  openTab,
  otlp,
  rowOf,
  sample,
  selectedIds,
  settled,
  textIn,
} from '../test-support.js';
import type { LlmSpanSelectEvent } from '../events/index.js';
import type { LlmTraceView } from '../llm-trace-view/llm-trace-view.js';

const KENSHO_CALL = 'e7752153796e1411';
const KENSHO_RETRIEVER = 'b5cd37995a2d8bf2';
const FAILED_TOOL = '2ec21d446772726f';

async function viewOf(name: string, spanId: string): Promise<LlmTraceView> {
  const view = await loadedView(await sample(name));
  view.selected = spanId;
  await settled(view);
  return view;
}

async function viewOfSpan(attributes: Record<string, unknown>): Promise<LlmTraceView> {
  const view = await loadedView(otlp({ id: 'span', start: 0, end: 10, attributes }));
  view.selected = 'span';
  await settled(view);
  return view;
}

const tabsOf = (view: HTMLElement): string[] => allByRole(view, 'tab').map(textIn);

describe('llm-span-detail: tabs', () => {
  it('are there only where there is something to show', async () => {
    const bare = await loadedView(otlp({ id: 'bare', start: 0, end: 10 }));
    bare.selected = 'bare';
    await settled(bare);
    // The service's own attributes are something.
    expect(tabsOf(bare)).to.deep.equal(['Attributes', 'Raw']);
    const call = await viewOf('rag-kensho', KENSHO_CALL);
    expect(tabsOf(call)).to.deep.equal(['Messages 2', 'Input and output', 'Parameters', 'Attributes 27', 'Raw']);
    const retriever = await viewOf('rag-kensho', KENSHO_RETRIEVER);
    expect(tabsOf(retriever)).to.deep.equal(['Documents 4', 'Input and output', 'Attributes 23', 'Raw']);
  });

  it('move by the arrow keys, round the ends, with the focus', async () => {
    const view = await viewOf('rag-kensho', KENSHO_CALL);
    byRole(view, 'tab', /Messages/).focus();
    const way: string[] = [];
    for (const key of ['ArrowRight', 'ArrowRight', 'End', 'ArrowRight', 'ArrowLeft', 'Home']) {
      await sendKeys({ press: key });
      await settled(view);
      const selected = allByRole(view, 'tab').filter((tab) => tab.getAttribute('aria-selected') === 'true');
      expect(selected, key).to.deep.equal([focused()]);
      way.push(textIn(selected[0]!));
    }
    expect(way).to.deep.equal(['Input and output', 'Parameters', 'Raw', 'Messages 2', 'Raw', 'Messages 2']);
  });

  it('are one stop of the Tab key, and name their panel', async () => {
    const view = await viewOf('rag-kensho', KENSHO_CALL);
    expect(allByRole(view, 'tab').filter((tab) => tab.tabIndex === 0)).to.have.length(1);
    await openTab(view, /Parameters/);
    expect(hasRole(view, 'tabpanel', 'Parameters')).to.equal(true);
  });

  it('stay on the one that was chosen while going from span to span', async () => {
    const view = await viewOf('rag-kensho', KENSHO_CALL);
    await openTab(view, /Attributes/);
    rowOf(view, KENSHO_RETRIEVER).click();
    await settled(view);
    expect(hasRole(view, 'tabpanel', /Attributes/)).to.equal(true);
  });
});

describe('llm-span-detail: what it shows of a span', () => {
  it('name, model, times and tokens, in the head', async () => {
    const view = await viewOf('rag-kensho', KENSHO_CALL);
    const head = textIn(allIn(view, '[part="head"]')[0]!);
    expect(head).to.match(/OpenAI Chat Completions gpt-4o-mini .*205 ms total .*116 in .*7 out/);
  });

  it('the way to its parent', async () => {
    const view = await viewOf('rag-kensho', KENSHO_CALL);
    const told = oneEvent(view, 'llm-span-select');
    byRole(view, 'button', 'in StuffDocumentsChain').click();
    expect(((await told) as LlmSpanSelectEvent).detail.span.id).to.equal('d84e379396ef35d6');
    await settled(view);
    expect(selectedIds(view)).to.deep.equal(['d84e379396ef35d6']);
    expect(hasRole(view, 'heading', 'StuffDocumentsChain')).to.equal(true);
  });

  it('that its parent is missing', async () => {
    const view = await loadedView(otlp({ id: 'orphan', parent: 'gone', start: 0, end: 1 }));
    view.selected = 'orphan';
    await settled(view);
    expect(textIn(allIn(view, '[part="head"]')[0]!)).to.contain('The parent gone is not in this trace.');
  });

  it('the retrieved documents with their scores, best first', async () => {
    const view = await viewOf('rag-kensho', KENSHO_RETRIEVER);
    const documents = allByRole(byRole(view, 'tabpanel', /Documents/), 'listitem').map(textIn);
    expect(documents).to.have.length(4);
    expect(documents[0]).to.match(/^1 people-014 0\.6667 .*Harrison worked at Kensho/);
    expect(documents.map((text) => /0\.\d+/.exec(text)?.[0])).to.deep.equal(['0.6667', '0.6405', '0.3849', '0.1443']);
  });

  it('parameters, tokens, prompt template and variables', async () => {
    const view = await viewOf('rag-kensho', KENSHO_CALL);
    const panel = await openTab(view, /Parameters/);
    expect(textIn(panel)).to.match(/temperature 0/);
    expect(textIn(panel)).to.match(/Input tokens 116 Output tokens 7 Total tokens 123/);
    expect(textIn(panel)).to.match(/Prompt · .*v2/);
    expect(textIn(panel)).to.contain('Use the following pieces of context');
    expect(textIn(panel)).to.match(/Variables .*"question": "Where did Harrison work\?"/);
  });

  it('an exception on every tab, its stack trace folded', async () => {
    const view = await viewOf('error-retry', FAILED_TOOL);
    for (const tab of [/Input and output/, /Raw/]) {
      const panel = await openTab(view, tab);
      const error = byRole(panel, 'group', 'Error');
      expect(textIn(error)).to.contain('orders-db: connection timed out after 400 ms');
      expect(textIn(error))
        .to.contain('Stack trace')
        .and.not.to.match(/\bat \S+ \(/);
    }
    const details = allIn(byRole(view, 'group', 'Error'), 'details')[0] as HTMLDetailsElement;
    details.open = true;
    expect(textIn(details)).to.match(/\bat \S+/);
  });

  it('the reason of a failure that recorded no exception', async () => {
    const view = await loadedView(otlp({ id: 'bad', start: 0, end: 1, error: 'quota exceeded' }));
    view.selected = 'bad';
    await settled(view);
    expect(textIn(byRole(view, 'group', 'Error'))).to.equal('quota exceeded');
  });

  it('events with their time from the start, and links', async () => {
    const view = await loadedView(
      otlp({
        id: 'span',
        start: 0,
        end: 100,
        events: [{ name: 'cache miss', at: 40, attributes: { 'cache.key': 'k-17' } }],
        links: [{ traceId: 'abcdef0123456789abcdef0123456789', spanId: 'abcdef0123456789' }],
      }),
    );
    view.selected = 'span';
    await settled(view);
    const panel = await openTab(view, /Events/);
    expect(textIn(panel)).to.match(/cache miss \+40 ms .*cache\.key k-17/);
    expect(textIn(panel)).to.contain('abcdef0123456789abcdef0123456789 / abcdef0123456789');
  });

  it('every attribute, the resource and the scope', async () => {
    const view = await viewOfSpan({ 'made.up': 'kept', count: 3, flag: false, list: [1, 2] });
    const text = textIn(await openTab(view, /Attributes/));
    for (const shown of ['made.up kept', 'count 3', 'flag false', 'service.name test-service', 'name test-scope']) {
      expect(text).to.contain(shown);
    }
  });

  it('the attributes that a person filters for, by name or value', async () => {
    const view = await viewOf('rag-kensho', KENSHO_CALL);
    const panel = await openTab(view, /Attributes/);
    const filter = byRole(panel, 'searchbox', 'Filter attributes') as HTMLInputElement;
    const shown = async (wanted: string): Promise<string[]> => {
      filter.focus();
      filter.select();
      await sendKeys(wanted ? { type: wanted } : { press: 'Delete' });
      await settled(view);
      return allByRole(panel, 'term').map(textIn);
    };
    expect(await shown('PROMPT_TEMPLATE')).to.deep.equal([
      'llm.prompt_template.template',
      'llm.prompt_template.variables',
      'llm.prompt_template.version',
    ]);
    expect(await shown('user-82')).to.deep.equal(['user.id']);
    expect(await shown('nothing like it')).to.deep.equal([]);
    expect(textIn(panel)).to.contain('No attribute matches.');
    expect((await shown('')).length).to.be.above(25);
  });

  it('the record as it was read', async () => {
    const view = await viewOf('rag-kensho', KENSHO_CALL);
    const text = textIn(await openTab(view, /Raw/));
    expect(text).to.contain(`"spanId": "${KENSHO_CALL}"`);
    expect(text).to.contain('"llm.prompt_template.version"');
  });

  it('a great many attributes and events only in part', async () => {
    const attributes = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`key.${index}`, index]));
    const events = Array.from({ length: 5000 }, (_, index) => ({ name: `event ${index}`, at: 1 }));
    const view = await loadedView(otlp({ id: 'big', start: 0, end: 10, attributes, events }));
    view.selected = 'big';
    await settled(view);
    const panel = await openTab(view, /Attributes/);
    expect(allByRole(panel, 'term').length).to.be.below(400);
    expect(textIn(panel)).to.contain('4,700 more attributes: filter to find them.');
    expect(textIn(await openTab(view, /Events/))).to.contain('4,500 more');
    expect([...allIn(view, '*')].length).to.be.below(6000);
  });
});
