import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import '../../define.js';
import {
  allByRole,
  byRole,
  emptyView,
  hasRole,
  idsOf,
  loadedView,
  otlp,
  pageFaultsDuring,
  sampleUrl,
  settled,
  stubbed,
  textIn,
  until,
} from '../test-support.js';
import type { LlmTraceErrorEvent } from '../events/index.js';
import type { LlmTraceView } from './llm-trace-view.js';

const before = otlp({ id: 'before', start: 0, end: 10 });

/** Inputs for `load()` that cannot be read, and what a person must be told. */
const wrongInputs: readonly [what: string, input: unknown, message: RegExp][] = [
  ['text that is no JSON', 'Traces for everyone!', /not valid JSON: “T” .*line 1, column 1/],
  ['JSON that is cut off', '{\n  "resourceSpans": [\n    {"resource": {}', /not valid JSON.*line 3, column 20/],
  ['a web page', '<!doctype html><title>Sign in</title>', /a web page \(“Sign in”\), not a trace/],
  ['an empty list', [], /The list is empty/],
  ['an empty list as text', '[]', /The list is empty/],
  ['JSON of an unknown shape', { rows: [1], page: 2 }, /object with the keys “rows”, “page”.*OTLP JSON/],
  ['a list of an unknown shape', [{ rows: 1 }], /list of 1 of objects with the keys “rows”/],
  ['null', null, /The input is null/],
  ['undefined', undefined, /The input is undefined/],
  ['a number', 42, /The input is a number/],
  ['no bytes', new Blob([]), /0 bytes/],
  ['white space', '  \n ', /only white space/],
  ['a known format without spans', { resourceSpans: [] }, /OTLP JSON, but it holds no spans/],
  ['gzip that is damaged', new Uint8Array([0x1f, 0x8b, 8, 0, 1, 2, 3]), /gzip but cannot be unpacked/],
];

/** Addresses that give no trace. */
const wrongAddresses: readonly [what: string, src: () => Promise<string> | string, message: RegExp][] = [
  ['a sign-in page', () => '/awkward/login', /a web page \(“Sign in”\), not a trace/],
  ['no such file', () => '/awkward/no-such-file.json', /answered 404.*no-such-file\.json.*check the address/],
  ['a server that fails', () => '/awkward/500', /answered 500.*try again later/],
  ['a file of 0 bytes', () => '/awkward/empty', /0 bytes/],
  ['a server that forbids the reading', otherOrigin, /Access-Control-Allow-Origin: http/],
  ['something that is no address', () => 'http://[', /“http:\/\/\[” is not an address/],
];

async function otherOrigin(): Promise<string> {
  const { port } = (await (await fetch('/awkward/other-origin')).json()) as { port: number };
  return `http://127.0.0.1:${port}/trace.json`;
}

/** Runs an action and gives the errors that the document heard of meanwhile. */
async function errorsHeardDuring(action: () => Promise<unknown>): Promise<Error[]> {
  const heard: Error[] = [];
  const note = (event: Event): void => void heard.push((event as LlmTraceErrorEvent).detail.error);
  document.addEventListener('llm-trace-error', note);
  try {
    await action();
  } finally {
    document.removeEventListener('llm-trace-error', note);
  }
  return heard;
}

describe('llm-trace-view: input that cannot be read', () => {
  for (const [what, input, message] of wrongInputs) {
    it(`says what is wrong with ${what}, and keeps the trace from before`, async () => {
      const view = await loadedView(before);
      let refusal: unknown;
      let heard: Error[] = [];
      const faults = await pageFaultsDuring(async () => {
        heard = await errorsHeardDuring(() => view.load(input).catch((error: unknown) => (refusal = error)));
        await settled(view);
      });

      expect(refusal).to.be.instanceOf(Error);
      expect((refusal as Error).message).to.match(message);
      expect(heard).to.deep.equal([refusal]);
      expect(view.error).to.equal(refusal);
      expect(view.matches(':state(error)')).to.equal(true);
      expect(textIn(byRole(view, 'alert'))).to.match(message);
      expect(textIn(byRole(view, 'alert'))).to.contain('The trace below is the one from before.');
      expect(idsOf(view)).to.deep.equal(['before']);
      expect(faults).to.deep.equal([]);
    });
  }

  it('throws nothing into the page for bad data', async () => {
    const faults = await pageFaultsDuring(async () => {
      const view = await fixture<LlmTraceView>(html`<llm-trace-view .data=${'no trace'}></llm-trace-view>`);
      await until(() => view.error !== undefined, 'the error');
      await settled(view);
      expect(textIn(byRole(view, 'alert'))).to.match(/The trace could not be shown.*not valid JSON/);
    });
    expect(faults).to.deep.equal([]);
  });

  it('takes null as data for a mistake that is worth telling', async () => {
    const view = await emptyView();
    view.data = null;
    await oneEvent(view, 'llm-trace-error');
    await settled(view);
    expect(textIn(byRole(view, 'alert'))).to.contain('The input is null');
  });

  it('names the known formats when a page asks for one that does not exist', async () => {
    const view = await emptyView();
    view.format = 'made-up';
    await view.load(before).catch(() => {});
    await settled(view);
    expect(textIn(byRole(view, 'alert'))).to.match(/no format “made-up”.*otlp/);
  });

  it('shows what a message quotes from the input as text', async () => {
    const view = await emptyView();
    await view.load({ '<img src=x onerror=alert(1)>': 1 }).catch(() => {});
    await settled(view);
    expect(textIn(byRole(view, 'alert'))).to.contain('“<img src=x onerror=alert(1)>”');
    expect(allByRole(view, 'img')).to.deep.equal([]);
  });
});

describe('llm-trace-view: an address that gives no trace', () => {
  for (const [what, src, message] of wrongAddresses) {
    it(`says so for ${what}, and keeps the trace from before`, async () => {
      const view = await loadedView(before);
      const address = await src();
      let heard: Error[] = [];
      const faults = await pageFaultsDuring(async () => {
        heard = await errorsHeardDuring(async () => {
          view.src = address;
          await oneEvent(view, 'llm-trace-error');
        });
        await settled(view);
      });
      expect(heard.map((error) => error.message).join()).to.match(message);
      expect(heard).to.deep.equal([view.error]);
      expect(textIn(byRole(view, 'alert'))).to.match(message);
      expect(idsOf(view)).to.deep.equal(['before']);
      expect(view.loading).to.equal(false);
      expect(faults).to.deep.equal([]);
    });
  }

  it('gives up a server that sends nothing', async () => {
    const faults = await pageFaultsDuring(async () => {
      const view = await fixture<LlmTraceView>(
        html`<llm-trace-view src="/awkward/never" timeout="50"></llm-trace-view>`,
      );
      const { detail } = (await oneEvent(view, 'llm-trace-error')) as LlmTraceErrorEvent;
      await settled(view);
      expect(detail.error).to.include({ name: 'TraceFetchError', reason: 'timeout' });
      expect(textIn(byRole(view, 'alert'))).to.match(/sent nothing for .* given up/);
    });
    expect(faults).to.deep.equal([]);
  });
});

describe('llm-trace-view: after a failure', () => {
  it('tries the address again when asked', async () => {
    const realFetch = globalThis.fetch;
    let isUp = false;
    const stub = ((...args: Parameters<typeof fetch>) =>
      isUp ? realFetch(...args) : Promise.resolve(new Response('', { status: 503 }))) as typeof fetch;
    await stubbed(globalThis, 'fetch', stub, async () => {
      const view = await fixture<LlmTraceView>(html`<llm-trace-view src=${sampleUrl('rag-kensho')}></llm-trace-view>`);
      await until(() => view.error !== undefined, 'the failure');
      await settled(view);
      isUp = true;
      byRole(view, 'button', 'Try again').click();
      await oneEvent(view, 'llm-trace-load');
      await settled(view);
      expect(view.trace?.spans.length).to.equal(5);
      expect(view.error).to.equal(undefined);
      expect(view.matches(':state(error)')).to.equal(false);
      expect(hasRole(view, 'alert')).to.equal(false);
    });
  });

  it('offers to try again from the banner over an old trace, too', async () => {
    const view = await loadedView(before);
    view.src = '/awkward/500';
    await oneEvent(view, 'llm-trace-error');
    await settled(view);
    byRole(view, 'button', 'Try again').click();
    await oneEvent(view, 'llm-trace-error');
    expect(idsOf(view)).to.deep.equal(['before']);
  });

  it('offers no second try where there is no address to try', async () => {
    const view = await emptyView();
    await view.load('no trace').catch(() => {});
    await settled(view);
    expect(hasRole(view, 'button', 'Try again')).to.equal(false);
  });

  it('takes the banner away when asked, and the error with it', async () => {
    const view = await loadedView(before);
    await view.load('no trace').catch(() => {});
    await settled(view);
    byRole(view, 'button', 'Dismiss').click();
    await settled(view);
    expect(hasRole(view, 'alert')).to.equal(false);
    expect(view.error).to.equal(undefined);
    expect(idsOf(view)).to.deep.equal(['before']);
  });

  it('forgets the error once another input was read', async () => {
    const view = await emptyView();
    await view.load('no trace').catch(() => {});
    await view.load(before);
    await settled(view);
    expect(view.error).to.equal(undefined);
    expect(hasRole(view, 'alert')).to.equal(false);
    expect(idsOf(view)).to.deep.equal(['before']);
  });
});
