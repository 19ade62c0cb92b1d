import { expect, oneEvent } from '@open-wc/testing';
import '../../define.js';
import { byRole, emptyView, hasRole, idsOf, otlp, settled, textIn, until } from '../test-support.js';
import type { LlmTraceView } from './llm-trace-view.js';

const root = otlp({ id: 'root', start: 0, end: 100 });
const child = otlp({ id: 'child', parent: 'root', start: 10, end: 50 });
const grandchild = otlp({ id: 'grandchild', parent: 'child', start: 20, end: 30 });

let topics = 0;

/** An address of the test's server whose answer the test tells. */
function topic(): {
  src: string;
  tell: (part: unknown) => Promise<unknown>;
  cut: () => Promise<unknown>;
  state: () => Promise<{ listeners: number; asked: number }>;
} {
  const src = `/live/${crypto.randomUUID()}-${topics++}`;
  return {
    src,
    tell: (part) => fetch(src, { method: 'POST', body: typeof part === 'string' ? part : JSON.stringify(part) }),
    cut: () => fetch(src, { method: 'DELETE' }),
    state: async () => (await fetch(`${src}?listeners`)).json() as Promise<{ listeners: number; asked: number }>,
  };
}

async function viewWith({ src, live }: { src: string; live: string }): Promise<LlmTraceView> {
  const view = await emptyView();
  Object.assign(view, { src, live });
  await settled(view);
  return view;
}

async function untilIds(view: HTMLElement, ids: readonly string[]): Promise<void> {
  await until(() => hasRole(view, 'treegrid') && idsOf(view).join() === ids.join(), `the spans ${ids.join()}`);
}

describe('llm-trace-view: live', () => {
  it('shows what server-sent events bring, as they come', async () => {
    const { src, tell } = topic();
    await tell(grandchild);
    const view = await viewWith({ src, live: 'events' });
    await untilIds(view, ['grandchild']);
    await tell(root);
    await untilIds(view, ['root', 'grandchild']);
    await tell(JSON.stringify(child, undefined, 2));
    await untilIds(view, ['root', 'child', 'grandchild']);
  });

  it('waits for the first event', async () => {
    const { src, tell } = topic();
    const view = await viewWith({ src, live: 'events' });
    expect(view.loading).to.equal(true);
    await tell(root);
    await untilIds(view, ['root']);
    expect(view.loading).to.equal(false);
  });

  it('goes on where it was when the connection breaks', async () => {
    const { src, tell, cut, state } = topic();
    await tell(root);
    const view = await viewWith({ src, live: 'events' });
    await untilIds(view, ['root']);
    await cut();
    await tell(child);
    await untilIds(view, ['root', 'child']);
    expect(view.error).to.equal(undefined);
    expect((await state()).asked).to.equal(2);
  });

  it('keeps what is shown when an event cannot be read, and reads the next', async () => {
    const { src, tell } = topic();
    await tell(root);
    const view = await viewWith({ src, live: 'events' });
    await untilIds(view, ['root']);
    const failed = oneEvent(view, 'llm-trace-error');
    await tell('{"resourceSpans":');
    await failed;
    await settled(view);
    expect(idsOf(view)).to.deep.equal(['root']);
    expect(hasRole(view, 'alert')).to.equal(true);
    await tell(child);
    await untilIds(view, ['root', 'child']);
    expect(hasRole(view, 'alert')).to.equal(false);
  });

  it('says what is wrong with an address that gives no events', async () => {
    const view = await viewWith({ src: '/awkward/login', live: 'events' });
    await until(() => view.error !== undefined, 'an error');
    await settled(view);
    expect(textIn(byRole(view, 'alert'))).to.contain('text/event-stream');
  });

  it('closes the connection when it leaves the page, and opens it when it comes back', async () => {
    const { src, tell, state } = topic();
    await tell(root);
    const view = await viewWith({ src, live: 'events' });
    await untilIds(view, ['root']);
    const parent = view.parentElement!;
    view.remove();
    while ((await state()).listeners > 0);
    parent.append(view);
    while ((await state()).listeners < 1);
    await tell(child);
    await untilIds(view, ['root', 'child']);
  });

  it('ends when another trace is loaded', async () => {
    const { src, tell, state } = topic();
    await tell(root);
    const view = await viewWith({ src, live: 'events' });
    await untilIds(view, ['root']);
    await view.load(otlp({ id: 'other', start: 0, end: 1 }));
    while ((await state()).listeners > 0);
    await settled(view);
    expect(idsOf(view)).to.deep.equal(['other']);
  });

  it('asks again and again, and reads what is new', async () => {
    const { src, tell, state } = topic();
    await tell(root);
    const view = await viewWith({ src, live: '20' });
    await untilIds(view, ['root']);
    let loads = 0;
    view.addEventListener('llm-trace-load', () => loads++);
    const { asked } = await state();
    while ((await state()).asked < asked + 3);
    expect(loads).to.equal(0);
    await tell(otlp({ id: 'root', start: 0, end: 100 }, { id: 'child', parent: 'root', start: 10, end: 50 }));
    await untilIds(view, ['root', 'child']);
  });

  it('keeps asking after an answer that is no trace, and keeps what is shown', async () => {
    const { src, tell } = topic();
    await tell(root);
    const view = await viewWith({ src, live: '20' });
    await untilIds(view, ['root']);
    await tell('<!doctype html>');
    await until(() => view.error !== undefined, 'an error');
    await settled(view);
    expect(idsOf(view)).to.deep.equal(['root']);
    await tell(otlp({ id: 'root', start: 0, end: 100 }, { id: 'child', parent: 'root', start: 10, end: 50 }));
    await untilIds(view, ['root', 'child']);
    await until(() => view.error === undefined, 'no error');
  });

  it('stops asking when it is no longer wanted', async () => {
    const { src, tell, state } = topic();
    await tell(root);
    const view = await viewWith({ src, live: '10' });
    await untilIds(view, ['root']);
    view.live = undefined;
    await settled(view);
    await untilIds(view, ['root']);
    const { asked } = await state();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await state()).asked).to.equal(asked);
  });
});
