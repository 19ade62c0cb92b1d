/** Shows hostile texts in every element, in every way, and tells what went wrong. */
import '../../define/llm-display-menu.js';
import { toMarkdown } from '../../export/markdown.js';
import { boxed } from '../../internal/text.js';
import type { LlmMessages } from '../../elements/llm-messages/llm-messages.js';
import type { LlmTraceView } from '../../elements/llm-trace-view/llm-trace-view.js';
import { readTraces } from '../../formats/index.js';
import type { Trace } from '../../model/index.js';
import { hostileConversation, hostileTrace, mark, PLACES } from './traces.js';
import type { Vector } from './vectors.js';
import { allBelow, allText, gesture, strangeThings } from './watch.js';

/** How many texts fit into one trace so that each is shown. */
export const BATCH = 8;
/** Of longer texts the beginning is shown, without the mark at their end. */
const SHOWN_WHOLE = 1500;

interface Shown {
  /** What data brought into the page. */
  readonly strange: readonly string[];
  /** Places and ids of texts that were not to be seen. */
  readonly unseen: readonly string[];
  /** How many texts were looked at, times the places in which each was. */
  readonly renders: number;
}

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

interface Busy {
  readonly isUpdatePending?: boolean;
  readonly updateComplete?: Promise<unknown>;
}

/** Until every element has rendered what it knows, Markdown included. */
async function settle(root: ParentNode): Promise<void> {
  for (let turns = 0, isBusy = true; isBusy && turns < 400; turns++) {
    isBusy = false;
    for (const element of allBelow(root)) {
      const { isUpdatePending, updateComplete } = element as Busy;
      isBusy ||= isUpdatePending === true || isBeingRead(element) || isBeingMade(element);
      if (isUpdatePending) await updateComplete;
    }
    if (isBusy) await turn();
  }
}

/** Whether an element is still loaded, or works something out. */
const isBeingMade = (element: Element): boolean =>
  element.matches('[aria-busy="true"], :not(:defined)') && element.checkVisibility();

/** Whether a text is to be shown as Markdown and is not yet. */
function isBeingRead(element: Element): boolean {
  if (element.localName !== 'llm-text-block') return false;
  const { mono, settings, value } = element as unknown as HTMLElementTagNameMap['llm-text-block'];
  const isMarkdown =
    settings.textForm === 'markdown' && !mono && typeof value?.value === 'string' && value.value !== '';
  return isMarkdown && !element.shadowRoot!.querySelector('.markdown, .muted');
}

export async function showHostile(vectors: readonly Vector[], box: HTMLElement): Promise<Shown> {
  const strange = new Set<string>();
  const events = [...new Set(vectors.flatMap((vector) => vector.events))];
  let seen = '';
  const look = async (root: ParentNode): Promise<void> => {
    await settle(root);
    for (const details of allBelow(root)) if (details.localName === 'details') details.toggleAttribute('open', true);
    await settle(root);
    seen += allText(root);
    gesture(root, events, false);
    await settle(root);
    for (const found of strangeThings(root)) strange.add(found);
  };
  const view = document.createElement('llm-trace-view');
  view.style.height = '900px';
  box.append(view);
  await view.load(hostileTrace(vectors));
  for (const textForm of ['source', 'markdown'] as const) {
    view.settings.change({ textForm, links: textForm === 'source' ? 'ask' : 'on' });
    await lookAtTabs(view, 'root', look);
    await lookAtTabs(view, 'documents', look, 'llm-span-detail');
  }
  for (let at = 0; at < vectors.length; at++) {
    view.selected = `name-${at}`;
    await settle(view);
    seen += allText(view);
  }
  await look(view);
  await openFindings(view, look);
  await openShare(view, look);
  // What is loaded later was there too.
  for (const tag of LATER) {
    if (!allBelow(view).some(({ localName, shadowRoot }) => localName === tag && shadowRoot?.textContent.trim())) {
      strange.add(`${tag} was not shown`);
    }
  }
  const [other] = await readTraces(hostileTrace(vectors.toReversed()));
  const trace = view.trace!;
  const elements = [...singleElements(vectors, trace, other!)];
  view.remove();
  box.append(...elements);
  await look(box);
  for (const element of elements)
    (element as Partial<LlmMessages>).settings?.change({ textForm: 'markdown', links: 'on' });
  await look(box);
  for (const found of await linksInMarkdown(trace, box)) strange.add(found);
  box.replaceChildren();
  const unseen = vectors.flatMap(({ id, text }, at) =>
    text.length > SHOWN_WHOLE
      ? []
      : PLACES.filter((place) => !seen.includes(mark(place, at))).map((place) => `${place} ${id}`),
  );
  return { strange: [...strange], unseen, renders: vectors.length * PLACES.length };
}

/** What is in a view once each of its tabs was chosen, and its findings were opened. */
const LATER = [
  ...['llm-timeline', 'llm-steps', 'llm-conversation', 'llm-sequence', 'llm-span-table', 'llm-trace-graph'],
  ...['llm-statistics', 'llm-findings', 'llm-share-menu', 'llm-mask-bar'],
];

/** What leads somewhere, or shows a picture, of the Markdown of a trace: all of a trace stands in code. */
async function linksInMarkdown(trace: Trace, box: HTMLElement): Promise<string[]> {
  const block = document.createElement('llm-text-block');
  block.settings.change({ textForm: 'markdown', links: 'on' });
  block.value = boxed(toMarkdown(trace, { tokens: 20_000 }));
  box.replaceChildren(block);
  await settle(box);
  const found = allBelow(block).filter(({ localName }) => /^(a|img|table|h4|strong|em|ol)$/.test(localName));
  // That a span failed is said in our own words.
  return found
    .filter(({ localName, textContent }) => localName !== 'strong' || textContent !== 'error')
    .map(({ localName, textContent }) => `Markdown: <${localName}> ${textContent.slice(0, 200)}`);
}

/** The menu to share, and what masks by hand, with a text of the trace masked. */
async function openShare(view: LlmTraceView, look: (root: ParentNode) => Promise<void>): Promise<void> {
  view.selected = 'root';
  (allBelow(view).find((item) => item.classList.contains('share-button')) as HTMLElement | undefined)?.click();
  await settle(view);
  // While somebody masks, texts are shown as they are.
  view.settings.change({ textForm: 'source' });
  await view.settings.setMasking(true);
  await view.settings.mask(view.trace!.name);
  await look(view);
}

async function openFindings(view: LlmTraceView, look: (root: ParentNode) => Promise<void>): Promise<void> {
  const button = allBelow(view).find((item) => item.classList.contains('findings-button'));
  (button as HTMLElement | undefined)?.click();
  await look(view);
}

/** Chooses every tab of the view and of the detail, or of one of them. */
async function lookAtTabs(
  view: LlmTraceView,
  span: string,
  look: (root: ParentNode) => Promise<void>,
  of = 'llm-',
): Promise<void> {
  view.selected = span;
  await settle(view);
  const tabs = (): HTMLElement[] =>
    allBelow(view).filter(
      (item) => item.getAttribute('role') === 'tab' && (item.getRootNode() as ShadowRoot).host.localName.startsWith(of),
    ) as HTMLElement[];
  for (const { id } of tabs()) {
    tabs()
      .find((tab) => tab.id === id)
      ?.click();
    await look(view);
  }
}

function* singleElements(vectors: readonly Vector[], trace: Trace, other: Trace): Generator<HTMLElement> {
  const messages = document.createElement('llm-messages');
  messages.conversation = hostileConversation(vectors);
  yield messages;
  const json = document.createElement('llm-json');
  json.value = boxed(vectors.map(({ text }) => new Map([[text, [text]]])));
  yield json;
  const list = document.createElement('llm-trace-list');
  list.traces = [trace];
  yield list;
  const tree = document.createElement('llm-span-tree');
  tree.trace = trace;
  // What is alike is put together, and what its name is stands there too.
  tree.grouped = true;
  yield tree;
  const menu = document.createElement('llm-display-menu');
  menu.trace = trace;
  menu.noise = { names: vectors.map(({ text }) => text) };
  yield menu;
  const diff = document.createElement('llm-trace-diff');
  diff.left = trace;
  diff.right = other;
  diff.selected = 'root';
  yield diff;
  const summary = document.createElement('llm-metric-summary');
  summary.trace = trace;
  yield summary;
  const tokens = document.createElement('llm-token-view');
  const texts = vectors.map(({ text }) => text);
  tokens.internals = {
    v: 1,
    tokens: { text: texts, split: 1 },
    output: { from: 0, dist: 'raw', top: { text: texts.map((text) => [text]), logprob: texts.map(() => [-1]) } },
  };
  yield tokens;
  const attention = document.createElement('llm-attention-view');
  const count = Math.min(texts.length, 64);
  const even = {
    shape: [1, count, count],
    dtype: 'f32',
    enc: 'json',
    data: Array<number>(count * count).fill(0.1),
  } as const;
  attention.internals = {
    v: 1,
    tokens: { text: texts, split: 1 },
    attention: [
      {
        type: 'encoder',
        q: [0, count],
        k: [0, count],
        captured: 'import',
        layers: [{ layer: 0, ...even, shape: [...even.shape] }],
      },
    ],
  };
  yield attention;
  const contributions = document.createElement('llm-contribution-view');
  contributions.internals = {
    v: 1,
    tokens: { text: texts, split: 1 },
    attribution: texts.slice(0, 2).map((text) => ({
      method: text,
      baseline: text,
      over: 'all',
      target: [1, texts.length],
      signed: true,
      scores: { shape: [1, texts.length], dtype: 'f32', enc: 'json', data: texts.map((_, at) => at) },
    })),
  };
  yield contributions;
  const sources = document.createElement('llm-source-view');
  sources.answer = texts.join('\n');
  sources.sources = {
    method: 'verbatim',
    spans: texts.map((text) => ({ start: 0, end: 0, text, docs: [0] })),
    docs: texts.map((text) => ({ id: text, title: text, url: text, source: text, snippets: [{ text }], text })),
  };
  yield sources;
  const gradients = document.createElement('llm-gradient-view');
  gradients.internals = {
    v: 1,
    gradients: { metric: 'l2', steps: [0], params: texts, values: [texts.map(() => 1e6)] },
  };
  yield gradients;
  const stages = document.createElement('llm-stage-view');
  stages.span = trace.span('documents');
  yield stages;
  for (const { text } of vectors) {
    const block = document.createElement('llm-text-block');
    block.value = boxed(text);
    yield block;
    for (const part of [
      { uri: text },
      { data: text, mimeType: 'image/svg+xml' },
      { uri: `data:image/svg+xml,${encodeURIComponent(text.toWellFormed())}` },
    ]) {
      const media = document.createElement('llm-media');
      media.value = boxed({ type: 'media', modality: 'image', name: text, ...part });
      yield media;
    }
  }
}
