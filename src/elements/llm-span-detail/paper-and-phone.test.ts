import { expect } from '@open-wc/testing';
import '../../define.js';
import { asked } from '../../test/asked-of-system.js';
import { allByRole, allIn, byRole, loadedView, otlp, settled, textIn } from '../test-support.js';
import type { LlmTraceView } from '../llm-trace-view/llm-trace-view.js';

const message = (role: string, content: string): object => ({ role, parts: [{ type: 'text', content }] });

async function viewOf(width: number): Promise<LlmTraceView> {
  const attributes = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.input.messages': JSON.stringify(
      Array.from({ length: 30 }, (_, at) => message('user', `message ${at} ${'and words '.repeat(20)}`)),
    ),
    'gen_ai.request.temperature': 0.2,
    list: JSON.stringify(Array.from({ length: 200 }, (_, at) => `item ${at}`)),
  };
  const view = await loadedView(otlp({ id: 'a', start: 0, end: 9, attributes }), width, 500);
  view.selected = 'a';
  await settled(view);
  return view;
}

const detailOf = (view: LlmTraceView): HTMLElement => allIn(view, 'llm-span-detail')[0]!;

describe('llm-span-detail: on paper and on a phone', () => {
  it('is printed whole, without boxes that scroll, and says what is not', async function () {
    const view = await viewOf(900);
    try {
      if (!(await asked({ medium: 'print' }))) this.skip();
      const messages = allIn(detailOf(view), '[part="message"]');
      expect(messages).to.have.length(30);
      const bottom = detailOf(view).getBoundingClientRect().bottom;
      expect(messages.at(-1)!.getBoundingClientRect().bottom).to.be.below(bottom);
      expect(view.getBoundingClientRect().bottom).to.be.at.least(bottom - 1);
      await asked({});
      byRole(detailOf(view), 'tab', /Attributes/).click();
      await settled(view);
      await asked({ medium: 'print' });
      const json = allIn(view, 'llm-json').find((element) => textIn(element).includes('item 0'))!;
      const { bottom: end } = byRole(json, 'tree').getBoundingClientRect();
      const shown = allByRole(json, 'treeitem').filter((row) => row.getBoundingClientRect().bottom <= end + 1);
      expect(shown.length).to.be.above(10);
      expect(textIn(json)).to.contain(`${200 - shown.length} more rows are not printed.`);
    } finally {
      await asked({});
    }
  });

  it('brings the tab that is chosen into sight where there is no room for all', async () => {
    const view = await viewOf(300);
    const detail = detailOf(view);
    const raw = byRole(detail, 'tab', 'Raw');
    const row = raw.parentElement!;
    const isSeen = (tab: HTMLElement): boolean => {
      const [seen, place] = [row.getBoundingClientRect(), tab.getBoundingClientRect()];
      return place.left >= seen.left - 1 && place.right <= seen.right + 1;
    };
    expect(isSeen(raw)).to.equal(false);
    raw.click();
    await settled(view);
    expect(isSeen(raw)).to.equal(true);
    byRole(detail, 'tab', /Messages/).click();
    await settled(view);
    expect(isSeen(byRole(detail, 'tab', /Messages/))).to.equal(true);
    expect(detail.scrollWidth).to.be.at.most(300);
  });
});
