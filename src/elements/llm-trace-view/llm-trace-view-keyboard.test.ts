import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../define.js';
import { activeRow, focused, gridOf, loadedView, measured, otlp, settled, textIn, until } from '../test-support.js';
import type { LlmTraceView } from './llm-trace-view.js';

const chat = (text: string): Record<string, unknown> => ({
  'gen_ai.operation.name': 'chat',
  'gen_ai.input.messages': JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: text }] }]),
});

/** An agent whose tool calls a model of its own. */
const nested = otlp(
  { id: 'agent', start: 0, end: 90, attributes: { 'gen_ai.operation.name': 'invoke_agent' } },
  { id: 'plan', parent: 'agent', start: 1, end: 20, attributes: chat('What is to be done?') },
  { id: 'tool', parent: 'agent', start: 21, end: 80, attributes: { 'gen_ai.operation.name': 'execute_tool' } },
  { id: 'inner', parent: 'tool', start: 30, end: 70, attributes: chat('Say it in one line.') },
  { id: 'answer', parent: 'agent', start: 81, end: 89, attributes: chat('Answer me.') },
);

/** Presses a key until something has the focus, as a person does who looks for it. */
async function pressUntil(key: string, isThere: () => boolean, what: string): Promise<void> {
  for (let times = 0; times < 40; times++) {
    if (isThere()) return;
    await sendKeys({ press: key });
  }
  throw new Error(`${key} does not lead to ${what}`);
}

/** Whether the focus is on a thing in an element of the view. */
const isIn = (view: LlmTraceView, tag: string): boolean => view.shadowRoot!.activeElement?.localName === tag;

describe('llm-trace-view: by keyboard alone', () => {
  it('leads from the page to a message inside a nested tool call, and back', async () => {
    const view = await loadedView(nested, 1000, 600);
    const before = document.createElement('button');
    view.before(before);
    before.focus();
    await pressUntil('Tab', () => focused() === gridOf(view), 'the tree');

    // To the tool, and to the call inside it, which is closed and opened on the way.
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'ArrowDown' });
    expect(activeRow(view)?.getAttribute('aria-expanded')).to.equal('true');
    await sendKeys({ press: 'ArrowLeft' });
    await settled(view);
    expect(activeRow(view)?.getAttribute('aria-expanded')).to.equal('false');
    await sendKeys({ press: 'ArrowRight' });
    await sendKeys({ press: 'ArrowRight' });
    await settled(view);
    expect(activeRow(view)?.getAttribute('aria-level')).to.equal('3');
    await sendKeys({ press: 'Enter' });
    await until(() => isIn(view, 'llm-span-detail'), 'the detail');
    await settled(view);
    expect(view.selected).to.equal('inner');

    // To the message itself.
    const messageWithFocus = (): boolean => {
      const message = focused()?.closest('[part~="message"]');
      return message !== null && message !== undefined && textIn(message).includes('Say it in one line.');
    };
    await pressUntil('Tab', messageWithFocus, 'the message');

    // Back to the spans, on the same one, and out of the view.
    await sendKeys({ press: 'Escape' });
    await measured(view);
    expect(focused()).to.equal(gridOf(view));
    expect(activeRow(view)?.dataset['spanId']).to.equal('inner');
    await sendKeys({ press: 'ArrowLeft' });
    await settled(view);
    expect(activeRow(view)?.dataset['spanId']).to.equal('tool');
    await sendKeys({ down: 'Shift' });
    await pressUntil('Tab', () => focused() === before, 'the page');
    await sendKeys({ up: 'Shift' });
  });
});
