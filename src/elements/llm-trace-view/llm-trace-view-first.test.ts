import { expect } from '@open-wc/testing';
import '../../define/llm-trace-view.js';
import { hasDetails } from '../../formats/details.js';
import { byRole, measured, otlp, rowOf, settled, textIn, until } from '../test-support.js';
import type { LlmTraceLoadEvent } from '../events/index.js';
import type { LlmTraceView } from './llm-trace-view.js';

const asked = otlp(
  { id: 'run', start: 0, end: 90, name: 'run' },
  {
    id: 'call',
    parent: 'run',
    start: 10,
    end: 20,
    name: 'call',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.input.messages': '[{"role":"user","parts":[{"type":"text","content":"What is it?"}]}]',
    },
  },
);

/** What is loaded with the first view of a page can be seen once: these are one story. */
describe('The first llm-trace-view of a page', () => {
  let view: LlmTraceView;

  before(async () => {
    // Not by `fixture`, which takes it away after each test.
    view = document.createElement('llm-trace-view');
    view.style.height = '600px';
    document.body.append(view);
    await view.updateComplete;
  });

  it('shows rows before what reads details is there, and tells of the trace when all of it can be asked', async () => {
    let told: readonly string[] | undefined;
    view.addEventListener('llm-trace-load', ({ detail }: LlmTraceLoadEvent) => {
      told = Array.from(detail.traces[0]!.spans, ({ messages }) => String(messages[0]?.origin));
    });
    expect(hasDetails()).to.equal(false);
    const loading = view.load(asked);
    await until(() => view.trace !== undefined && textIn(view).includes('call'), 'rows');
    expect(hasDetails()).to.equal(false);
    expect(customElements.get('llm-span-detail')).to.equal(undefined);
    expect(told).to.equal(undefined);
    await loading;
    expect(told).to.deep.equal(['undefined', 'input']);
  });

  it('has loaded what a click wants: the detail is there with the next frame', async () => {
    expect(customElements.get('llm-span-detail')).not.to.equal(undefined);
    await measured(view);
    rowOf(view, 'call').click();
    await settled(view);
    expect(textIn(byRole(view, 'tabpanel', /Messages/))).to.contain('What is it?');
  });

  after(() => view.remove());
});
