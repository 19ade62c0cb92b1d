import { expect, fixture, html } from '@open-wc/testing';
import '../../define.js';
import { allByRole, otlp, sample, settled, until } from '../test-support.js';

/** A window of its own, in which the elements are registered anew. */
type Frame = Window & typeof globalThis;

/** A page that allows only its own scripts, and registers the elements. */
async function strictPage(): Promise<Frame> {
  const frame = await fixture<HTMLIFrameElement>(
    html`<iframe title="A page of its own" src="/awkward/strict" .style=${'width: 800px; height: 600px'}></iframe>`,
  );
  const page = frame.contentWindow as Frame;
  await until(() => page.customElements.get('llm-trace-view') !== undefined, 'the elements');
  return page;
}

async function emptyPage(): Promise<Frame> {
  const frame = await fixture<HTMLIFrameElement>(html`<iframe title="A page that is being parsed"></iframe>`);
  return frame.contentWindow as Frame;
}

describe('llm-trace-view: under a strict content security policy', () => {
  it('shows a trace, with Trusted Types enforced, and breaks no rule', async function () {
    const page = await strictPage();
    const violations: string[] = [];
    page.document.addEventListener('securitypolicyviolation', (event) => {
      violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
    });
    const view = page.document.createElement('llm-trace-view');
    view.data = await sample('rag-kensho');
    page.document.body.append(view);
    await until(() => view.trace !== undefined, 'the trace');
    await settled(view);
    for (const span of ['e7752153796e1411', 'b5cd37995a2d8bf2']) {
      view.selected = span;
      await settled(view);
      for (const tab of allByRole(view, 'tab')) {
        tab.click();
        await settled(view);
      }
    }
    view.view = 'tree';
    await settled(view);
    expect(allByRole(view, 'row').filter((row) => row.dataset['spanId'])).to.have.length(5);
    for (const row of allByRole(view, 'row').slice(1)) expect(row.getBoundingClientRect().height).to.equal(28);
    expect(violations).to.deep.equal([]);
  });

  it('is really under that policy', async () => {
    const page = await strictPage();
    const violations: string[] = [];
    page.document.addEventListener(
      'securitypolicyviolation',
      (event) => void violations.push(event.effectiveDirective),
    );
    page.document.body.setAttribute('style', 'color: red');
    await until(() => violations.length > 0, 'the violation');
    expect(violations[0]).to.match(/^style-src/);
  });
});

/** Feeds the parser of a page piece by piece, as a slow server does. */
function parse(document: Document, piece: string): void {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- no other call feeds the parser of a page
  document.write(piece);
}

describe('llm-trace-view: while the page is still being parsed', () => {
  it('waits for the whole of a JSON script inside it', async () => {
    const page = await emptyPage();
    const { document } = page;
    const text = JSON.stringify(otlp({ id: 'whole', start: 0, end: 1 }));
    document.open();
    parse(document, '<!doctype html><script type="module" async src="/src/define.ts"></script>');
    await page.customElements.whenDefined('llm-trace-view');
    parse(document, `<llm-trace-view><script type="application/json">${text.slice(0, 60)}`);
    const view = document.querySelector('llm-trace-view')!;
    const told: string[] = [];
    for (const type of ['llm-trace-load', 'llm-trace-error']) view.addEventListener(type, () => told.push(type));
    await settled(view);
    parse(document, `${text.slice(60)}</script></llm-trace-view>`);
    document.close();
    await until(() => told.length > 0, 'the trace');
    expect(told).to.deep.equal(['llm-trace-load']);
    expect(view.trace?.spans.at(0)?.id).to.equal('whole');
  });
});
