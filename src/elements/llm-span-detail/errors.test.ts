import { expect } from '@open-wc/testing';
import '../../define.js';
import { allIn, byRole, hasRole, loadedView, otlp, sample, selectedIds, settled, textIn } from '../test-support.js';
import type { LlmTraceView } from '../llm-trace-view/llm-trace-view.js';

async function viewOf(data: unknown, spanId: string): Promise<LlmTraceView> {
  const view = await loadedView(data);
  view.selected = spanId;
  await settled(view);
  return view;
}

const callout = (view: LlmTraceView): string => textIn(allIn(view, '.callout')[0]!);

describe('errors', () => {
  it('say that there was a rate limit, and lead to the next try and back', async () => {
    const view = await viewOf(await sample('error-retry'), '96e9dfd59a2b6854');
    expect(callout(view)).to.match(
      /^429 · rate limit · the server asked to wait 1\.00 s · 1st try · tried again after 1\.00 s/,
    );
    byRole(view, 'button', /^tried again/).click();
    await settled(view);
    expect(selectedIds(view)).to.deep.equal(['fa5b17cc9049f461']);
    expect(callout(view)).to.equal('2nd try · the try before failed: 429, rate limit');
    expect(hasRole(view, 'group', 'Error')).to.equal(false);
    byRole(view, 'button', /^the try before failed/).click();
    await settled(view);
    expect(selectedIds(view)).to.deep.equal(['96e9dfd59a2b6854']);
  });

  it('say when a call was given up', async () => {
    const attributes = { 'http.response.status_code': 503, 'input.value': 'x' };
    const tries = [0, 1, 2].map((index) => {
      const start = index * 2000;
      return {
        id: `try-${index}`,
        name: 'call',
        parent: 'root',
        start,
        end: start + 10,
        error: 'Overloaded',
        attributes,
      };
    });
    const view = await viewOf(otlp({ id: 'root', start: 0, end: 9000 }, ...tries), 'try-2');
    expect(callout(view)).to.match(/^503 · 3rd try · given up after 3 tries · the try before failed: 503/);
  });

  it('name the model that was fallen back on', async () => {
    const asked = JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: 'hello' }] }]);
    const call = (id: string, model: string, start: number, error?: string) => ({
      id,
      name: `chat ${model}`,
      parent: 'root',
      start,
      end: start + 10,
      ...(error && { error }),
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.request.model': model,
        'gen_ai.input.messages': asked,
      },
    });
    const calls = [call('one', 'large', 0, '529 Overloaded'), call('two', 'small', 20)];
    const view = await viewOf(otlp({ id: 'root', start: 0, end: 90 }, ...calls), 'one');
    byRole(view, 'button', /^tried again with small after/).click();
    await settled(view);
    expect(callout(view)).to.equal('2nd try · the try before with large failed: 529');
  });

  it('are not there for a span that went well at once', async () => {
    const view = await viewOf(otlp({ id: 'a', start: 0, end: 9 }), 'a');
    expect(allIn(view, '.callout')).to.have.length(0);
  });

  it('fold what libraries did in a stack trace, and keep it as it was recorded', async () => {
    const library = Array.from({ length: 6 }, (_, at) => `    at step${at} (/app/node_modules/openai/core.js:${at}:1)`);
    const stack = ['Error: no', '    at ask (/app/ask.js:1:1)', ...library, '    at main (/app/main.js:1:1)'].join(
      '\n',
    );
    const view = await viewOf(
      otlp({
        id: 'a',
        start: 0,
        end: 9,
        error: 'no',
        events: [{ name: 'exception', attributes: { 'exception.type': 'Error', 'exception.stacktrace': stack } }],
      }),
      'a',
    );
    const [whole, folded, recorded] = allIn(view, '.callout details') as HTMLDetailsElement[];
    whole!.open = true;
    await settled(view);
    expect(callout(view)).to.contain('at ask (/app/ask.js:1:1) 6 frames in libraries at main (/app/main.js:1:1)');
    expect(callout(view)).not.to.contain('step3');
    folded!.open = true;
    await settled(view);
    expect(textIn(folded!)).to.contain('step3');
    folded!.open = false;
    recorded!.open = true;
    await settled(view);
    expect(textIn(recorded!)).to.contain('step5 (/app/node_modules/openai/core.js:5:1) at main');
  });
});
