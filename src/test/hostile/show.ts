/** Shows hostile texts in every element, in every way, and tells what went wrong. */
import { boxed } from '../../internal/text.js';
import type { LlmMessages } from '../../elements/llm-messages/llm-messages.js';
import type { LlmTraceView } from '../../elements/llm-trace-view/llm-trace-view.js';
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
    for (const span of ['root', 'documents']) await lookAtTabs(view, span, look);
  }
  for (let at = 0; at < vectors.length; at++) {
    view.selected = `name-${at}`;
    await settle(view);
    seen += allText(view);
  }
  await look(view);
  await openFindings(view, look);
  // What is loaded later was there too.
  for (const tag of LATER) {
    if (!allBelow(view).some(({ localName, shadowRoot }) => localName === tag && shadowRoot?.textContent.trim())) {
      strange.add(`${tag} was not shown`);
    }
  }
  const elements = [...singleElements(vectors, view)];
  view.remove();
  box.append(...elements);
  await look(box);
  for (const element of elements)
    (element as Partial<LlmMessages>).settings?.change({ textForm: 'markdown', links: 'on' });
  await look(box);
  box.replaceChildren();
  const unseen = vectors.flatMap(({ id, text }, at) =>
    text.length > SHOWN_WHOLE
      ? []
      : PLACES.filter((place) => !seen.includes(mark(place, at))).map((place) => `${place} ${id}`),
  );
  return { strange: [...strange], unseen, renders: vectors.length * PLACES.length };
}

/** What is in a view once each of its tabs was chosen, and its findings were opened. */
const LATER = ['llm-timeline', 'llm-trace-graph', 'llm-statistics', 'llm-findings'];

async function openFindings(view: LlmTraceView, look: (root: ParentNode) => Promise<void>): Promise<void> {
  const button = allBelow(view).find((item) => item.classList.contains('findings-button'));
  (button as HTMLElement | undefined)?.click();
  await look(view);
}

async function lookAtTabs(view: LlmTraceView, span: string, look: (root: ParentNode) => Promise<void>): Promise<void> {
  view.selected = span;
  await settle(view);
  const tabs = (): HTMLElement[] =>
    allBelow(view).filter((item) => item.getAttribute('role') === 'tab') as HTMLElement[];
  for (const { id } of tabs()) {
    tabs()
      .find((tab) => tab.id === id)
      ?.click();
    await look(view);
  }
}

function* singleElements(vectors: readonly Vector[], view: LlmTraceView): Generator<HTMLElement> {
  const trace = view.trace!;
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
  yield tree;
  const summary = document.createElement('llm-metric-summary');
  summary.trace = trace;
  yield summary;
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
