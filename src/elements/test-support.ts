/** What the tests of the elements share: finding things as a person does, and making traces. Not part of the package. */
import { fixture, html, nextFrame, waitUntil } from '@open-wc/testing';
import { readTraces } from '../formats/index.js';
import { shownCharacters } from '../internal/first-characters.js';
import type { Trace } from '../model/index.js';
import type { LlmSpanTree } from './llm-span-tree/llm-span-tree.js';
import { treeParts } from './llm-span-tree/tree-parts.js';
import type { LlmTraceView } from './llm-trace-view/llm-trace-view.js';

// What a tree loads after its first paint is there: how it comes is tested in `llm-span-tree-first.test.ts`.
await Promise.all([treeParts.load(), shownCharacters.load()]);

// --- Finding --------------------------------------------------------------------------------------------------------

const IMPLICIT_ROLES: Readonly<Record<string, string>> = {
  a: 'link',
  button: 'button',
  dd: 'definition',
  details: 'group',
  dt: 'term',
  h2: 'heading',
  h3: 'heading',
  h4: 'heading',
  img: 'img',
  li: 'listitem',
  ol: 'list',
  option: 'option',
  select: 'combobox',
  textarea: 'textbox',
  ul: 'list',
};

/** Every element below a node, shadow trees included, in the order of the page. */
export function* elementsIn(root: ParentNode): Generator<HTMLElement> {
  const { shadowRoot } = root as Partial<Element>;
  for (const child of (shadowRoot ?? root).children) {
    yield child as HTMLElement;
    yield* elementsIn(child);
  }
}

function roleOf(element: HTMLElement): string | undefined {
  const role = element.getAttribute('role');
  if (role !== null) return role;
  if (element.localName === 'input') return element.getAttribute('type') === 'search' ? 'searchbox' : 'textbox';
  return IMPLICIT_ROLES[element.localName];
}

/** The accessible name: a label, or what is written inside. */
function nameOf(element: HTMLElement): string {
  const label = element.getAttribute('aria-label');
  if (label !== null) return label;
  const labelledBy = element.getAttribute('aria-labelledby');
  if (labelledBy) return textIn((element.getRootNode() as ShadowRoot).getElementById(labelledBy)!);
  return textIn(element) || element.title;
}

const isVisible = (element: Element): boolean => element.checkVisibility({ visibilityProperty: true });

/** The text that a person can see or hear in an element: closed sections and decoration left out. */
export function textIn(root: ParentNode): string {
  const pieces: string[] = [];
  const visit = (node: Node): void => {
    // By number and not by class: some tests look into another window.
    if (node.nodeType === Node.TEXT_NODE) pieces.push(node.nodeValue!);
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    const element = node as Element;
    if (element.matches('style, script, [aria-hidden="true"]') || !isVisible(element)) return;
    for (const child of (element.shadowRoot ?? element).childNodes) visit(child);
    pieces.push(' ');
  };
  visit(root);
  return pieces.join('').replace(/\s+/g, ' ').trim();
}

const matches = (text: string, wanted: string | RegExp): boolean =>
  typeof wanted === 'string' ? text === wanted : wanted.test(text);

export function allByRole(root: ParentNode, role: string, name?: string | RegExp): HTMLElement[] {
  return [...elementsIn(root)].filter(
    (element) =>
      roleOf(element) === role && isVisible(element) && (name === undefined || matches(nameOf(element), name)),
  );
}

/** The first element of a role and a name; throws with the names that there are. */
export function byRole(root: ParentNode, role: string, name?: string | RegExp): HTMLElement {
  const found = allByRole(root, role, name)[0];
  if (found) return found;
  const names = allByRole(root, role).map(nameOf);
  throw new Error(`No ${role} “${String(name)}”. There are: ${names.slice(0, 20).join(' | ') || 'none'}`);
}

export const hasRole = (root: ParentNode, role: string, name?: string | RegExp): boolean =>
  allByRole(root, role, name).length > 0;

/** Elements that a selector matches, shadow trees included. */
export const allIn = (root: ParentNode, selector: string): HTMLElement[] =>
  [...elementsIn(root)].filter((element) => element.matches(selector));

/** The element that has the focus, however deep. */
export function focused(): Element | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}

// --- Waiting --------------------------------------------------------------------------------------------------------

/** Until every element of the kit below (and including) a node has rendered what it knows. */
export async function settled(root: ParentNode): Promise<void> {
  for (let isBusy = true; isBusy;) {
    isBusy = false;
    for (const element of [root, ...elementsIn(root)] as Partial<LlmTraceView>[]) {
      if (element.isUpdatePending) isBusy = true;
      await element.updateComplete;
    }
  }
}

/** Until the tree has measured itself: its rows depend on its height, which an observer tells. */
export async function measured(root: ParentNode): Promise<void> {
  await nextFrame();
  await nextFrame();
  await settled(root);
}

export const until = (condition: () => boolean, what: string): Promise<void> =>
  waitUntil(condition, what, { interval: 5, timeout: 10_000 });

// --- Traces ---------------------------------------------------------------------------------------------------------

export interface SpanSketch {
  id: string;
  parent?: string;
  trace?: string;
  name?: string;
  /** Milliseconds from the start of the trace; absent for none. */
  start?: number;
  end?: number;
  /** Message of a failure. */
  error?: string;
  attributes?: Readonly<Record<string, unknown>>;
  events?: readonly { name: string; at?: number; attributes?: Readonly<Record<string, unknown>> }[];
  links?: readonly { traceId: string; spanId: string }[];
}

export const EPOCH = 1_790_000_000_000;

const nanos = (ms: number): string =>
  `${BigInt(EPOCH + Math.floor(ms)) * 1_000_000n + BigInt(Math.round((ms % 1) * 1e6))}`;

function otlpValue(value: unknown): unknown {
  if (value === null) return {};
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number') return Number.isInteger(value) ? { intValue: value } : { doubleValue: value };
  if (Array.isArray(value)) return { arrayValue: { values: value.map(otlpValue) } };
  return { kvlistValue: { values: otlpAttributes(value as Record<string, unknown>) } };
}

const otlpAttributes = (attributes: Readonly<Record<string, unknown>> = {}): unknown[] =>
  Object.entries(attributes).map(([key, value]) => ({ key, value: otlpValue(value) }));

/** An OTLP document with the given spans. */
export function otlp(...spans: readonly SpanSketch[]): object {
  return {
    resourceSpans: [
      {
        resource: { attributes: otlpAttributes({ 'service.name': 'test-service' }) },
        scopeSpans: [{ scope: { name: 'test-scope', version: '1.0' }, spans: spans.map(otlpSpan) }],
      },
    ],
  };
}

const otlpSpan = (span: SpanSketch): object => ({
  traceId: span.trace ?? 'trace-1',
  spanId: span.id,
  name: span.name ?? span.id,
  ...(span.parent !== undefined && { parentSpanId: span.parent }),
  ...(span.start !== undefined && { startTimeUnixNano: nanos(span.start) }),
  ...(span.end !== undefined && { endTimeUnixNano: nanos(span.end) }),
  attributes: otlpAttributes(span.attributes),
  events: (span.events ?? []).map((event) => ({
    name: event.name,
    timeUnixNano: nanos(event.at ?? 0),
    attributes: otlpAttributes(event.attributes),
  })),
  links: span.links ?? [],
  status: span.error === undefined ? {} : { code: 2, message: span.error },
});

/** The trace of these spans. */
export const traceOf = async (...spans: readonly SpanSketch[]): Promise<Trace> =>
  (await readTraces(otlp(...spans)))[0]!;

/** An element that shows a trace, in a box of this size. */
export async function shownIn<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  trace: Trace,
  { width = 1000, height = 400 } = {},
): Promise<HTMLElementTagNameMap[Tag]> {
  const box = await fixture<HTMLElement>(html`<div .style=${`width: ${width}px; height: ${height}px`}></div>`);
  const element = Object.assign(document.createElement(tag), { trace });
  element.style.height = '100%';
  box.append(element);
  await settled(element);
  return element;
}

/** A root with `count` children below it. */
export const wide = (count: number): object =>
  otlp(
    { id: 'root', name: 'root', start: 0, end: count + 1 },
    ...Array.from({ length: count }, (_, index) => ({
      id: `child-${index}`,
      parent: 'root',
      start: index,
      end: index + 1,
    })),
  );

/** Spans inside one another, `depth` of them. */
export const deep = (depth: number): object =>
  otlp(
    ...Array.from({ length: depth }, (_, index) => ({
      id: `level-${index}`,
      ...(index > 0 && { parent: `level-${index - 1}` }),
      start: index,
      end: 2 * depth - index,
    })),
  );

const samples = new Map<string, Promise<string>>();

/** The text of one of the recorded traces of the demo. */
export function sample(name: string): Promise<string> {
  const known = samples.get(name) ?? fetch(`/demo/traces/${name}.json`).then((response) => response.text());
  samples.set(name, known);
  return known;
}

export const sampleUrl = (name: string): string => `/demo/traces/${name}.json`;

// --- Elements -------------------------------------------------------------------------------------------------------

/** A view in a box of a given size, not loaded yet. */
export async function emptyView(width = 1000, height = 600): Promise<LlmTraceView> {
  const box = await fixture<HTMLElement>(
    html`<div .style=${`width: ${width}px; height: ${height}px`}>
      <llm-trace-view .style=${'height: 100%'}></llm-trace-view>
    </div>`,
  );
  return box.querySelector('llm-trace-view')!;
}

/** A view that shows a trace and has measured itself. */
export async function loadedView(data: unknown, width?: number, height?: number): Promise<LlmTraceView> {
  const view = await emptyView(width, height);
  await view.load(data);
  await measured(view);
  return view;
}

export const treeOf = (root: ParentNode): LlmSpanTree =>
  [...elementsIn(root)].find((element) => element.localName === 'llm-span-tree') as LlmSpanTree;

export const gridOf = (root: ParentNode): HTMLElement => byRole(root, 'treegrid');

/** Rows of spans that are in the DOM, in the order in which they are seen. */
export const rowsOf = (root: ParentNode): HTMLElement[] => allIn(gridOf(root), '[role="row"][data-span-id]');

export function rowOf(root: ParentNode, spanId: string): HTMLElement {
  const row = rowsOf(root).find((item) => item.dataset['spanId'] === spanId);
  if (!row) throw new Error(`No row of the span ${spanId} is in the DOM.`);
  return row;
}

/** Ids of the spans whose rows are in the DOM. */
export const idsOf = (root: ParentNode): (string | undefined)[] => rowsOf(root).map((row) => row.dataset['spanId']);

export const selectedIds = (root: ParentNode): (string | undefined)[] =>
  rowsOf(root)
    .filter((row) => row.getAttribute('aria-selected') === 'true')
    .map((row) => row.dataset['spanId']);

/** The element that `aria-activedescendant` names, looked for where a browser looks for it. */
export function activeRow(root: ParentNode): HTMLElement | null {
  const grid = gridOf(root);
  const id = grid.getAttribute('aria-activedescendant');
  return id === null ? null : (grid.getRootNode() as ShadowRoot).getElementById(id);
}

/** The tab panel after choosing a tab by its name. */
export async function openTab(root: ParentNode, name: RegExp): Promise<HTMLElement> {
  byRole(root, 'tab', name).click();
  await settled(root);
  return byRole(root, 'tabpanel', name);
}

// --- Watching -------------------------------------------------------------------------------------------------------

/** Faults that reached the page while something was done: uncaught errors and rejections. */
export async function pageFaultsDuring(action: () => Promise<unknown>): Promise<unknown[]> {
  const faults: unknown[] = [];
  const note = (event: Event): void => {
    faults.push((event as PromiseRejectionEvent).reason ?? (event as ErrorEvent).error ?? event);
    event.preventDefault();
  };
  window.addEventListener('error', note);
  window.addEventListener('unhandledrejection', note);
  try {
    await action();
    // A rejection is reported by a task of its own.
    await nextFrame();
    await nextFrame();
  } finally {
    window.removeEventListener('error', note);
    window.removeEventListener('unhandledrejection', note);
  }
  return faults;
}

/** Replaces a method for the time of an action. */
export async function stubbed<Target extends object, Key extends keyof Target>(
  target: Target,
  key: Key,
  stub: Target[Key],
  action: () => Promise<unknown>,
): Promise<void> {
  const own = Object.getOwnPropertyDescriptor(target, key);
  Object.defineProperty(target, key, { value: stub, configurable: true, writable: true });
  try {
    await action();
  } finally {
    if (own) Object.defineProperty(target, key, own);
    else delete target[key];
  }
}
