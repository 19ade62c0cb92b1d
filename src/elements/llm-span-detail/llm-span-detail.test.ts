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
  measured,
  openTab,
  otlp,
  rowOf,
  sample,
  selectedIds,
  settled,
  textIn,
  until,
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

/** The tabs of the detail: the view has some of its own. */
const detailTabs = (view: HTMLElement): HTMLElement[] => allByRole(allIn(view, 'llm-span-detail')[0]!, 'tab');
const tabsOf = (view: HTMLElement): string[] => detailTabs(view).map(textIn);

describe('llm-span-detail: tabs', () => {
  it('are there only where there is something to show', async () => {
    const bare = await loadedView(otlp({ id: 'bare', start: 0, end: 10 }));
    bare.selected = 'bare';
    await settled(bare);
    // The service's own attributes are something.
    expect(tabsOf(bare)).to.deep.equal(['Attributes', 'Raw']);
    const call = await viewOf('rag-kensho', KENSHO_CALL);
    expect(tabsOf(call)).to.deep.equal([
      'Messages 2',
      'Prompt',
      'Input and output',
      'Parameters',
      'Sources',
      'Attributes 27',
      'Raw',
    ]);
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
      const selected = detailTabs(view).filter((tab) => tab.getAttribute('aria-selected') === 'true');
      expect(selected, key).to.deep.equal([focused()]);
      way.push(textIn(selected[0]!));
    }
    expect(way).to.deep.equal(['Prompt', 'Input and output', 'Raw', 'Messages 2', 'Raw', 'Messages 2']);
  });

  it('are one stop of the Tab key, and name their panel', async () => {
    const view = await viewOf('rag-kensho', KENSHO_CALL);
    expect(detailTabs(view).filter((tab) => tab.tabIndex === 0)).to.have.length(1);
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

  it('parameters, what is unusual first, and tokens without the parts that are nothing', async () => {
    const view = await viewOfSpan({
      'openinference.span.kind': 'LLM',
      'llm.invocation_parameters': JSON.stringify({ user: 'u-1', temperature: 0, top_p: 1, max_tokens: 7 }),
      'llm.token_count.prompt': 116,
      'llm.token_count.completion': 7,
      'llm.token_count.completion_details.reasoning': 0,
    });
    const panel = await openTab(view, /Parameters/);
    expect(textIn(panel)).to.match(/Input tokens 116 Output tokens 7/);
    expect(textIn(panel)).not.to.contain('Reasoning');
    expect(textIn(panel)).to.match(/max_tokens 7 reached temperature 0 usually 1 user u-1 top_p 1$/);
  });

  it('the prompt filled in, its variables marked, and the template as it is', async () => {
    const view = await viewOfSpan({
      'openinference.span.kind': 'LLM',
      'llm.prompt_template.template': 'Answer {question} in {{style}}, as {"json": true}.',
      'llm.prompt_template.version': 'v2',
      'llm.prompt_template.variables': JSON.stringify({ question: 'Where?', unused: { a: 1 } }),
    });
    const panel = await openTab(view, /Prompt/);
    expect(textIn(panel)).to.contain('Version v2');
    expect(textIn(panel)).to.contain('Answer Where? in {style} , as {"json": true}.');
    expect(allIn(panel, 'mark').map((mark) => [mark.title, textIn(mark)])).to.deep.equal([
      ['question', 'Where?'],
      ['no value in the trace', '{style}'],
    ]);
    expect(allByRole(panel, 'term').map(textIn)).to.deep.equal(['question', 'unused']);
    allIn(panel, 'details')[0]!.toggleAttribute('open', true);
    await settled(view);
    expect(textIn(panel)).to.contain('Answer {question} in {{style}}');
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
    expect(textIn(panel)).to.match(/cache miss \+40 ms .*cache\. ?key k-17/);
    expect(textIn(panel)).to.contain('abcdef0123456789abcdef0123456789 / abcdef0123456789');
    expect(hasRole(panel, 'button', /go to/)).to.equal(false);
  });

  it('the way to a linked span that is in the trace', async () => {
    const view = await loadedView(
      otlp(
        { id: 'one', start: 0, end: 100, links: [{ traceId: 'trace-1', spanId: 'two' }] },
        { id: 'two', name: 'cache warm-up', start: 0, end: 100 },
      ),
    );
    view.selected = 'one';
    await settled(view);
    byRole(await openTab(view, /Events/), 'button', 'go to cache warm-up').click();
    await settled(view);
    expect(selectedIds(view)).to.deep.equal(['two']);
  });

  it('that a span has no name', async () => {
    const view = await loadedView(otlp({ id: 'a', start: 0, end: 9 }, { id: 'b', name: '', start: 0, end: 9 }));
    view.selected = 'b';
    await settled(view);
    expect(hasRole(view, 'heading', '(no name)')).to.equal(true);
  });

  it('every attribute, the resource and the scope', async () => {
    const view = await viewOfSpan({ 'made.up': 'kept', count: 3, flag: false, list: [1, 2] });
    const text = textIn(await openTab(view, /Attributes/)).replaceAll('. ', '.');
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
      return allByRole(panel, 'term').map((term) => textIn(term).replaceAll('. ', '.'));
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
    const panel = await openTab(view, /Raw/);
    await measured(view);
    expect(allByRole(panel, 'treeitem', `spanId : "${KENSHO_CALL}"`)).to.have.length(1);
  });

  it('a hundred thousand attributes in pages, each of which can be reached', async () => {
    const attributes = Object.fromEntries(
      Array.from({ length: 100_000 }, (_, index) => [`key.${String(index).padStart(6, '0')}`, index]),
    );
    const view = await viewOfSpan(attributes);
    const panel = await openTab(view, /Attributes/);
    const shown = (): string[] => allByRole(panel, 'term').map(textIn);
    expect(shown()[0]).to.match(/000000/);
    expect(shown().length).to.be.below(250);
    expect(textIn(byRole(panel, 'status'))).to.equal('1–200 of 100,000');
    byRole(panel, 'button', 'Next page').click();
    await settled(view);
    expect(shown()[0]).to.match(/000200/);
    const filter = byRole(panel, 'searchbox') as HTMLInputElement;
    filter.focus();
    await sendKeys({ type: '09999' });
    await settled(view);
    expect(textIn(panel)).to.match(/099990 .*099999/);
    expect(shown()).to.have.length(10 + 1);
    expect([...allIn(view, '*')].length).to.be.below(3000);
  });

  it('a great many events only in part', async () => {
    const events = Array.from({ length: 5000 }, (_, index) => ({ name: `event ${index}`, at: 1 }));
    const view = await loadedView(otlp({ id: 'big', start: 0, end: 10, events }));
    view.selected = 'big';
    await settled(view);
    expect(textIn(await openTab(view, /Events/))).to.contain('4,500 more');
    expect([...allIn(view, '*')].length).to.be.below(6000);
  });

  it('values that are no texts as a tree, what is short in the line, and a vector by its size', async () => {
    const view = await viewOfSpan({
      'a.list': ['stop'],
      'b.json': JSON.stringify({ city: 'Oslo', days: Array.from({ length: 40 }, (_, day) => `day ${day}`) }),
      'c.vector': Array.from({ length: 1536 }, (_, index) => index / 2),
    });
    const panel = await openTab(view, /Attributes/);
    await measured(view);
    expect(textIn(panel)).to.contain('a. list ["stop"]');
    expect(allByRole(panel, 'treeitem').map(textIn)[0]).to.equal('city : "Oslo"');
    expect(textIn(panel)).to.contain('vector of 1,536 numbers: 0; 0.5; 1; 1.5; 2; …');
  });

  it('nothing that is to be masked', async () => {
    const key = 'sk-proj-abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGH';
    const view = await loadedView(
      otlp({
        id: 'span',
        name: `call ${key}`,
        start: 0,
        end: 9,
        error: `no ${key}`,
        attributes: { password: 'hunter2 '.repeat(40), note: key, list: Array.from({ length: 30 }, () => key) },
      }),
    );
    view.content = 'masked';
    view.selected = 'span';
    await settled(view);
    const detail = allIn(view, 'llm-span-detail')[0]!;
    await openTab(view, /Attributes/);
    await until(() => textIn(detail).includes('call '), 'what masks is loaded');
    await settled(view);
    expect(textIn(detail)).not.to.contain('hunter2').and.not.to.contain(key);
    view.content = 'full';
    await settled(view);
    expect(textIn(detail)).to.contain('hunter2').and.to.contain(`no ${key}`);
  });
});

describe('llm-span-detail: compare', () => {
  const said = (role: string, content: string): object => ({ role, parts: [{ type: 'text', content }] });
  const call = (id: string, name: string, start: number, ...messages: object[]) => ({
    id,
    name,
    start,
    end: start + 5,
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': `model-${id}`,
      'gen_ai.input.messages': JSON.stringify(messages),
    },
  });

  it('shows a call beside the last one of its name, or another one before it: what entered, what fell out', async () => {
    const view = await loadedView(
      otlp(
        call('one', 'plan', 0, said('user', 'Where is Ada?')),
        call('two', 'write', 10, said('user', 'Write that down.')),
        call('three', 'plan', 20, said('user', 'Where is Ada?'), said('user', 'And the heron?')),
      ),
    );
    view.selected = 'one';
    await settled(view);
    expect(tabsOf(view)).not.to.contain('Compare');
    view.selected = 'three';
    await settled(view);
    const panel = await openTab(view, /Compare/);
    await until(() => textIn(panel).includes('entered added: And the heron?'), 'the comparison');
    expect(textIn(panel)).to.contain('1 entered · 1 the same');
    const choice = byRole(panel, 'combobox') as HTMLSelectElement;
    expect(choice.labels[0]!.textContent).to.contain('Compare with');
    expect([...choice.options].map(({ label }) => label.replace(/ · [^·]*$/, ''))).to.deep.equal([
      'write · model-two',
      'plan · model-one',
    ]);
    expect(choice.selectedIndex).to.equal(1);
    choice.value = 'two';
    choice.dispatchEvent(new Event('change'));
    await until(() => textIn(panel).includes('removed: Write that down.'), 'the other comparison');
    await expect(view).to.be.accessible();
  });
});
