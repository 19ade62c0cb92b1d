import { allByRole, byRole, hasRole, settled, stubbed, textIn, until } from '../test-support.js';
import type { LlmTraceView } from './llm-trace-view.js';

/** Opens the menu to share. */
export async function openMenu(view: LlmTraceView): Promise<HTMLElement> {
  byRole(view, 'button', 'Share').click();
  await until(() => hasRole(view, 'menu', 'Share'), 'the menu');
  await settled(view);
  return byRole(view, 'menu', 'Share');
}

/** What a person saves by a choice: its name and its text. */
export async function saved(view: LlmTraceView, item: RegExp): Promise<{ name: string; text: string }> {
  let content: Blob | undefined;
  let name = '';
  const click = function (this: HTMLAnchorElement): void {
    name = this.download;
  };
  await stubbed(HTMLAnchorElement.prototype, 'click', click, () =>
    stubbed(
      URL,
      'createObjectURL',
      (blob: Blob | MediaSource) => {
        content = blob as Blob;
        return 'blob:none';
      },
      async () => {
        byRole(view, 'menuitem', item).click();
        await until(() => content !== undefined && said(view).includes('Saved'), 'the file');
      },
    ),
  );
  return { name, text: await content!.text() };
}

/** What the view says that it did. */
export const said = (view: LlmTraceView): string => allByRole(view, 'status').map(textIn).join(' ');

/** What a person copies by a choice. */
export async function copied(view: LlmTraceView, item: RegExp): Promise<string> {
  let text: string | undefined;
  const writeText = (words: string): Promise<void> => {
    text = words;
    return Promise.resolve();
  };
  await stubbed(navigator.clipboard, 'writeText', writeText, async () => {
    byRole(view, 'menuitem', item).click();
    await until(() => text !== undefined && said(view).includes('Copied'), 'the text');
  });
  return text!;
}
