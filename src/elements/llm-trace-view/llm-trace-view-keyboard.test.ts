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

/** That a person sees where the focus is: what has it, or the active row of what has it, is in sight with a line around it. */
function expectFocusIsSeen(view: LlmTraceView): void {
  if (view.shadowRoot!.activeElement === null) return;
  const element = focused()!;
  const place = element === gridOf(view) ? activeRow(view)! : element;
  const { outlineStyle, outlineWidth } = getComputedStyle(place);
  const what = place.outerHTML.slice(0, 120);
  expect(outlineStyle, what).to.equal('solid');
  expect(parseFloat(outlineWidth), what).to.be.at.least(2);
  const box = place.getBoundingClientRect();
  const frame = view.getBoundingClientRect();
  expect(Math.min(box.bottom, frame.bottom) - Math.max(box.top, frame.top), what).to.be.above(10);
}

/** Presses a key, as a person does who looks where the focus is. */
async function press(view: LlmTraceView, key: string): Promise<void> {
  await sendKeys({ press: key });
  await settled(view);
  expectFocusIsSeen(view);
}

/** Presses a key until something has the focus, as a person does who looks for it. */
async function pressUntil(view: LlmTraceView, key: string, isThere: () => boolean, what: string): Promise<void> {
  for (let times = 0; times < 40; times++) {
    if (isThere()) return;
    await press(view, key);
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
    await pressUntil(view, 'Tab', () => focused() === gridOf(view), 'the tree');

    // To the tool, and to the call inside it, which is closed and opened on the way.
    await press(view, 'ArrowDown');
    await press(view, 'ArrowDown');
    expect(activeRow(view)?.getAttribute('aria-expanded')).to.equal('true');
    await press(view, 'ArrowLeft');
    expect(activeRow(view)?.getAttribute('aria-expanded')).to.equal('false');
    await press(view, 'ArrowRight');
    await press(view, 'ArrowRight');
    expect(activeRow(view)?.getAttribute('aria-level')).to.equal('3');
    await press(view, 'Enter');
    await until(() => isIn(view, 'llm-span-detail'), 'the detail');
    await settled(view);
    expect(view.selected).to.equal('inner');

    // To the message itself.
    const messageWithFocus = (): boolean => {
      const message = focused()?.closest('[part~="message"]');
      return message !== null && message !== undefined && textIn(message).includes('Say it in one line.');
    };
    await pressUntil(view, 'Tab', messageWithFocus, 'the message');

    // Back to the spans, on the same one, and out of the view.
    await press(view, 'Escape');
    await measured(view);
    expect(focused()).to.equal(gridOf(view));
    expect(activeRow(view)?.dataset['spanId']).to.equal('inner');
    await press(view, 'ArrowLeft');
    expect(activeRow(view)?.dataset['spanId']).to.equal('tool');
    await sendKeys({ down: 'Shift' });
    await pressUntil(view, 'Tab', () => focused() === before, 'the page');
    await sendKeys({ up: 'Shift' });
  });
});
