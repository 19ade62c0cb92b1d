import { expect } from '@open-wc/testing';
import '../../define.js';
import {
  allByRole,
  allIn,
  byRole,
  focused,
  hasRole,
  loadedView,
  otlp,
  sample,
  settled,
  textIn,
} from '../test-support.js';
import type { LlmTraceView } from '../llm-trace-view/llm-trace-view.js';

async function conversation(input: readonly object[], output: readonly object[] = []): Promise<LlmTraceView> {
  const view = await loadedView(
    otlp({
      id: 'call',
      start: 0,
      end: 10,
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.input.messages': JSON.stringify(input),
        'gen_ai.output.messages': JSON.stringify(output),
      },
    }),
  );
  view.selected = 'call';
  await settled(view);
  return view;
}

const says = (role: string, content: string): object => ({ role, parts: [{ type: 'text', content }] });
const messagesIn = (view: HTMLElement): HTMLElement[] =>
  allByRole(byRole(view, 'list', 'Messages'), 'listitem', /^Message/);

describe('llm-messages', () => {
  it('tells who said what, in order, and what the call wrote itself', async () => {
    const view = await conversation([says('system', 'Be brief.'), says('user', 'Hello?')], [says('assistant', 'Hi.')]);
    expect(messagesIn(view).map((item) => item.getAttribute('aria-label'))).to.deep.equal([
      'Message 1, system',
      'Message 2, user',
      'Message 3, assistant',
    ]);
    expect(textIn(byRole(view, 'list', 'Messages'))).to.match(
      /system .*Be brief\. .*user .*Hello\? .*Written by this call .*assistant .*Hi\./,
    );
  });

  it('shows the question and the answer of a real call', async () => {
    const view = await loadedView(await sample('rag-kensho'));
    view.selected = 'e7752153796e1411';
    await settled(view);
    const [question, answer] = messagesIn(view).map(textIn);
    expect(question).to.contain('Where did Harrison work?');
    expect(answer).to.match(/^assistant Harrison worked at Kensho\..*finish reason: stop/);
  });

  it('leads from a tool call to its result, and back', async () => {
    const view = await conversation([
      says('user', 'Weather?'),
      {
        role: 'assistant',
        parts: [
          { type: 'tool_call', id: 'c1', name: 'get_time', arguments: { zone: 'UTC' } },
          { type: 'tool_call', id: 'c2', name: 'get_weather', arguments: { city: 'Porto' } },
        ],
      },
      { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c2', response: 'rain at noon' }] },
      { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c1', response: '12:00' }] },
    ]);
    const [, weatherLink] = allByRole(view, 'button', 'go to result');
    weatherLink!.click();
    expect(textIn(focused()!)).to.match(/^result of get_weather .*rain at noon/);
    byRole(focused()!, 'button', 'go to call').click();
    expect(textIn(focused()!)).to.match(/^calls get_weather .*"city": "Porto"/);
  });

  it('offers no way to a result that is not there', async () => {
    const view = await conversation([
      { role: 'assistant', parts: [{ type: 'tool_call', id: 'c1', name: 'lost', arguments: {} }] },
    ]);
    expect(hasRole(view, 'button', 'go to result')).to.equal(false);
    expect(textIn(byRole(view, 'list', 'Messages'))).to.contain('calls lost');
  });

  it('links the tool calls of a real agent', async () => {
    const view = await loadedView(await sample('agent-tools'));
    view.selected = '9b35a0deab4c810c';
    await settled(view);
    expect(allByRole(view, 'button', 'go to result').length).to.be.at.least(4);
  });

  it('folds reasoning', async () => {
    const view = await conversation(
      [says('user', 'Think.')],
      [
        {
          role: 'assistant',
          parts: [
            { type: 'reasoning', content: 'Secret steps.' },
            { type: 'text', content: 'Done.' },
          ],
        },
      ],
    );
    const message = messagesIn(view)[1]!;
    expect(textIn(message)).to.contain('Reasoning · 13 characters').and.not.to.contain('Secret steps.');
    allIn(message, 'details')[0]!.toggleAttribute('open', true);
    expect(textIn(message)).to.contain('Secret steps.');
  });

  it('folds the reasoning of a real model', async () => {
    const view = await loadedView(await sample('streaming-reasoning'));
    view.selected = '48e313c7876bc7db';
    await settled(view);
    expect(textIn(byRole(view, 'list', 'Messages'))).to.match(/Reasoning · \d+ characters/);
  });

  it('says what media there is, and loads none of it', async () => {
    const view = await conversation([
      {
        role: 'user',
        parts: [
          { type: 'uri', modality: 'image', mime_type: 'image/png', uri: 'https://tracker.example/pixel.png' },
          { type: 'blob', modality: 'image', mime_type: 'image/png', content: 'AAAA'.repeat(1000) },
        ],
      },
    ]);
    const text = textIn(byRole(view, 'list', 'Messages'));
    expect(text).to.contain('https://tracker.example/pixel.png, not loaded');
    expect(text).to.match(/image · image\/png · 3 KB/);
    expect(allIn(view, 'img, video, audio, iframe, [style*="url"]')).to.deep.equal([]);
  });

  it('lists what a text cites, each source once, with a link to pages of the web only', async () => {
    const page = { url: 'https://user@example.org:8443/a?b', title: 'A <b>page</b>', text: 'Said there.' };
    const citations = [
      { ...page, start: 0, end: 2 },
      { ...page, start: 3, end: 5 },
      { url: 'javascript:alert(1)', title: 'A trap' },
      { title: 'Notes', documentIndex: 0 },
      { documentIndex: 1 },
      { documentId: 'file-1' },
      { url: 'http://example.org/' },
    ];
    const view = await conversation(
      [],
      [{ role: 'assistant', parts: [{ type: 'text', content: 'It is.', citations }] }],
    );
    const list = byRole(view, 'list', 'Sources');
    expect(getComputedStyle(list).listStyleType).to.equal('decimal');
    const items = allByRole(list, 'listitem');
    expect(items.map(textIn)).to.deep.equal([
      'A <b>page</b> example.org:8443 Said there.',
      'A trap javascript:alert(1)',
      'Notes',
      'document 2',
      'file-1',
      'http://example.org/ example.org',
    ]);
    const links = allByRole(list, 'link') as HTMLAnchorElement[];
    expect(links.map(({ href, rel, target }) => [href, rel, target])).to.deep.equal([
      ['https://user@example.org:8443/a?b', 'noopener noreferrer', '_blank'],
      ['http://example.org/', 'noopener noreferrer', '_blank'],
    ]);
    expect(allIn(list, 'b, img, iframe, link')).to.deep.equal([]);
  });

  it('shows a limited number of sources', async () => {
    const citations = Array.from({ length: 250 }, (_, index) => ({ url: `https://example.org/${index}` }));
    const view = await conversation(
      [],
      [{ role: 'assistant', parts: [{ type: 'text', content: 'It is.', citations }] }],
    );
    expect(allByRole(view, 'link')).to.have.length(200);
    expect(textIn(messagesIn(view)[0]!)).to.contain('50 more are in the raw record.');
  });

  it('keeps content that nobody knows, folded', async () => {
    const view = await conversation([{ role: 'user', parts: [{ type: 'hologram', volume: 'unheard of' }] }]);
    const [message] = messagesIn(view);
    expect(textIn(message!)).to.contain('Unrecognised content').and.not.to.contain('unheard of');
    allIn(message!, 'details')[0]!.toggleAttribute('open', true);
    await settled(view);
    expect(textIn(message!)).to.contain('"volume": "unheard of"');
  });

  it('says so for a message without content', async () => {
    const view = await conversation([{ role: 'assistant', parts: [] }]);
    expect(textIn(messagesIn(view)[0]!)).to.contain('no content');
  });

  it('shows the end of a long conversation first, and the rest when asked', async () => {
    const view = await conversation(Array.from({ length: 200 }, (_, index) => says('user', `line ${index}`)));
    expect(messagesIn(view)).to.have.length(60);
    expect(textIn(messagesIn(view).at(-1)!)).to.contain('line 199');
    byRole(view, 'button', 'Show 140 earlier messages').click();
    await settled(view);
    expect(messagesIn(view)).to.have.length(200);
    expect(messagesIn(view)[0]!.getAttribute('aria-label')).to.equal('Message 1, user');
    expect(hasRole(view, 'button', /earlier/)).to.equal(false);
  });
});
