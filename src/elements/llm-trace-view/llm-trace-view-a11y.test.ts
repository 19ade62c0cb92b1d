import { expect } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import '../../define.js';
import {
  allByRole,
  allIn,
  byRole,
  emptyView,
  loadedView,
  measured,
  otlp,
  rowOf,
  sample,
  settled,
} from '../test-support.js';
import type { LlmTraceView } from './llm-trace-view.js';

/** Spans of the samples that show much: a model call, a retriever, a failed tool. */
const SPANS: readonly [what: string, trace: string, span: string][] = [
  ['a model call', 'rag-kensho', 'e7752153796e1411'],
  ['a retriever', 'rag-kensho', 'b5cd37995a2d8bf2'],
  ['a failed tool', 'error-retry', '2ec21d446772726f'],
  ['a conversation with tools', 'agent-tools', '9b35a0deab4c810c'],
  ['reasoning', 'streaming-reasoning', '48e313c7876bc7db'],
];

const broken = otlp(
  { id: 'orphan', parent: 'gone', start: 0 },
  { id: 'other', trace: 'trace-2', start: 0, end: 10 },
  { id: 'child', parent: 'orphan', start: 5, end: 2 },
);

for (const theme of ['light', 'dark'] as const) {
  for (const width of [1000, 340]) {
    describe(`llm-trace-view: accessible, ${theme}, ${width} px wide`, () => {
      const dressed = async (view: LlmTraceView): Promise<LlmTraceView> => {
        view.theme = theme;
        await measured(view);
        return view;
      };

      it('while it is empty', async () => {
        await expect(await dressed(await emptyView(width))).to.be.accessible();
      });

      it('while it loads', async () => {
        const view = await emptyView(width);
        void view.load(new ReadableStream({})).catch(() => {});
        await expect(await dressed(view)).to.be.accessible();
      });

      it('when there was nothing to show', async () => {
        const view = await emptyView(width);
        await view.load('no trace').catch(() => {});
        await expect(await dressed(view)).to.be.accessible();
      });

      it('with an error over an older trace', async () => {
        const view = await loadedView(await sample('rag-kensho'), width);
        await view.load('no trace').catch(() => {});
        await expect(await dressed(view)).to.be.accessible();
      });

      it('with problems shown, several traces, and a running span', async () => {
        const view = await dressed(await loadedView(broken, width));
        byRole(view, 'button', /problem/).click();
        await settled(view);
        await expect(view).to.be.accessible();
      });

      for (const [what, trace, span] of SPANS) {
        it(`with ${what} selected`, async () => {
          const view = await dressed(await loadedView(await sample(trace), width, 900));
          view.reveal(span);
          await measured(view);
          await expect(view).to.be.accessible();
        });
      }
    });
  }
}

describe('llm-trace-view: accessible on each tab', () => {
  it('of a model call', async () => {
    const view = await loadedView(await sample('rag-kensho'));
    view.selected = 'e7752153796e1411';
    await settled(view);
    for (const tab of allByRole(view, 'tab')) {
      tab.click();
      await settled(view);
      for (const details of allIn(view, 'details')) details.toggleAttribute('open', true);
      await expect(view).to.be.accessible();
    }
  });
});

/** Whether the browser under test can be asked to behave like that. */
const emulates = (media: Parameters<typeof emulateMedia>[0]): Promise<boolean> =>
  emulateMedia(media).then(
    () => true,
    () => false,
  );

describe('llm-trace-view: what a person asks of the system', () => {
  afterEach(async () => {
    await emulates({ forcedColors: 'none', reducedMotion: 'no-preference' });
  });

  it('keeps bars visible in forced colours', async function () {
    // The runner's Chrome launcher passes on only colour scheme and motion; Playwright's passes on this, too.
    if (!(await emulates({ forcedColors: 'active' })) || !matchMedia('(forced-colors: active)').matches) this.skip();
    const view = await loadedView(await sample('rag-kensho'));
    const bar = getComputedStyle(allIn(rowOf(view, 'b5cd37995a2d8bf2'), '.bar')[0]!);
    expect(bar.borderTopStyle).to.equal('solid');
    expect(bar.backgroundColor).not.to.equal('rgba(0, 0, 0, 0)');
  });

  it('shows the selected row in forced colours', async function () {
    if (!(await emulates({ forcedColors: 'active' })) || !matchMedia('(forced-colors: active)').matches) this.skip();
    const view = await loadedView(await sample('rag-kensho'));
    rowOf(view, 'b5cd37995a2d8bf2').click();
    await settled(view);
    expect(getComputedStyle(rowOf(view, 'b5cd37995a2d8bf2')).outlineStyle).to.equal('solid');
  });

  it('moves nothing where motion is not wanted', async function () {
    if (!(await emulates({ reducedMotion: 'reduce' }))) this.skip();
    const view = await loadedView(await sample('rag-kensho'));
    void view.load(new ReadableStream({})).catch(() => {});
    await measured(view);
    const moving = view.shadowRoot!.getAnimations().filter(({ playState }) => playState === 'running');
    expect(moving).to.deep.equal([]);
  });

  it('has targets of 24 px at least', async () => {
    const view = await loadedView(await sample('rag-kensho'));
    view.selected = 'e7752153796e1411';
    await measured(view);
    for (const button of [...allByRole(view, 'row'), ...allByRole(view, 'tab')]) {
      expect(button.getBoundingClientRect().height, button.outerHTML.slice(0, 80)).to.be.at.least(24);
    }
  });
});
