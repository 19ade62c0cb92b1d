import { expect, fixture, html } from '@open-wc/testing';
import '../../define.js';
import {
  allByRole,
  allIn,
  byRole,
  elementsIn,
  focused,
  hasRole,
  emptyView,
  loadedView,
  otlp,
  sample,
  settled,
  stubbed,
  textIn,
  until,
  type SpanSketch,
} from '../test-support.js';
import type { LlmTraceView } from '../llm-trace-view/llm-trace-view.js';
import type { Message } from '../../model/index.js';
import { registerPartRenderer } from '../renderers.js';
import type { LlmMessages } from './llm-messages.js';

interface Call {
  input: readonly object[];
  output?: readonly object[];
  tools?: readonly object[];
}

const callSpan = (id: string, at: number, { input, output = [], tools }: Call): SpanSketch => ({
  id,
  ...(id !== 'call' && { parent: 'agent' }),
  start: at,
  end: at + 10,
  attributes: {
    'gen_ai.operation.name': 'chat',
    'gen_ai.input.messages': JSON.stringify(input),
    'gen_ai.output.messages': JSON.stringify(output),
    ...(tools && { 'gen_ai.tool.definitions': JSON.stringify(tools) }),
  },
});

/** A view of one call that is selected. */
async function conversation(
  input: readonly object[],
  output: readonly object[] = [],
  more: Partial<Call> = {},
): Promise<LlmTraceView> {
  const view = await emptyView();
  // A call alone would be shown as a conversation.
  view.view = 'tree';
  await view.load(otlp(callSpan('call', 0, { input, output, ...more })));
  view.selected = 'call';
  await settled(view);
  return view;
}

/** A view of an agent's calls, the last one selected. */
async function agentCalls(...calls: readonly Call[]): Promise<LlmTraceView> {
  const agent = { id: 'agent', start: 0, end: 1000, attributes: { 'gen_ai.operation.name': 'invoke_agent' } };
  const view = await loadedView(
    otlp(agent, ...calls.map((call, index) => callSpan(`call-${index + 1}`, index * 20, call))),
  );
  view.selected = `call-${calls.length}`;
  await settled(view);
  return view;
}

/** What is on the clipboard after an action. */
async function copiedBy(action: () => void): Promise<string> {
  let written: string | undefined;
  const write = (words: string): Promise<void> => {
    written = words;
    return Promise.resolve();
  };
  await stubbed(navigator.clipboard, 'writeText', write, async () => {
    action();
    await until(() => written !== undefined, 'copied');
  });
  return written!;
}

async function click(view: LlmTraceView, name: string | RegExp): Promise<void> {
  byRole(view, 'button', name).click();
  await settled(view);
}

const says = (role: string, content: string): object => ({ role, parts: [{ type: 'text', content }] });
const standalone = async (messages: readonly Message[]): Promise<LlmMessages> => {
  const element = await fixture<LlmMessages>(html`<llm-messages .conversation=${messages}></llm-messages>`);
  await settled(element);
  return element;
};
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
      /What the model saw .*system .*Be brief\. .*user .*Hello\? .*What it wrote .*assistant .*Hi\./,
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
    await settled(view);
    expect(textIn(focused()!)).to.match(/^result of get_weather .*rain at noon/);
    byRole(focused()!, 'button', 'go to call').click();
    await settled(view);
    expect(textIn(focused()!)).to.match(/^calls get_weather .*city ?: ?"Porto"/);
    expect(textIn(view)).to.contain('4 messages · 2 tool calls');
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
    await click(view, 'Show them');
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
    const loaded = performance.getEntriesByType('resource').filter(({ name }) => name.includes('tracker'));
    const text = textIn(byRole(view, 'list', 'Messages'));
    expect(text)
      .to.contain('tracker.example')
      .and.match(/image\/png.*3 KB/);
    expect(loaded).to.deep.equal([]);
    expect(allIn(view, 'img, video, audio, iframe, [style*="url"]')).to.deep.equal([]);
  });

  it('lists what a text cites, each source once, with a link to pages of the web only', async () => {
    const page = { url: 'https://example.org:8443/a?b', title: 'A <b>page</b>', text: 'Said there.' };
    const citations = [
      { ...page, start: 0, end: 2 },
      { ...page, start: 3, end: 5 },
      { url: 'javascript:alert(1)', title: 'A trap' },
      { url: 'https://good.example@evil.example/', title: 'Another' },
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
    expect(hasRole(list, 'link'), 'whose address is not seen').to.equal(false);
    expect(textIn(allByRole(list, 'listitem')[0]!)).to.contain('A <b>page</b> example.org:8443');
    view.links = 'on';
    await settled(view);
    const items = allByRole(list, 'listitem');
    expect(items.map(textIn)).to.deep.equal([
      'A <b>page</b> example.org:8443 Said there.',
      'A trap javascript:alert(1)',
      'Another https://good.example@evil.example/',
      'Notes',
      'document 2',
      'file-1',
      'http://example.org/',
    ]);
    const links = allByRole(list, 'link') as HTMLAnchorElement[];
    expect(links.map(({ href, rel, target }) => [href, rel, target])).to.deep.equal([
      ['https://example.org:8443/a?b', 'noopener noreferrer nofollow ugc', '_blank'],
      ['http://example.org/', 'noopener noreferrer nofollow ugc', '_blank'],
    ]);
    expect(allIn(list, 'b, img, iframe, link')).to.deep.equal([]);
  });

  it('shows a limited number of sources', async () => {
    const citations = Array.from({ length: 250 }, (_, index) => ({ url: `https://example.org/${index}` }));
    const view = await conversation(
      [],
      [{ role: 'assistant', parts: [{ type: 'text', content: 'It is.', citations }] }],
    );
    expect(allByRole(byRole(view, 'list', 'Sources'), 'listitem')).to.have.length(200);
    expect(textIn(messagesIn(view)[0]!)).to.contain('50 more are in the raw record.');
  });

  it('keeps content that nobody knows, folded', async () => {
    const view = await conversation([{ role: 'user', parts: [{ type: 'hologram', volume: 'unheard of' }] }]);
    const [message] = messagesIn(view);
    expect(textIn(message!)).to.contain('Unrecognised content').and.not.to.contain('unheard of');
    allIn(message!, 'details')[0]!.toggleAttribute('open', true);
    await settled(view);
    expect(textIn(message!)).to.match(/volume ?: ?"unheard of"/);
  });

  it('says so for a message without content', async () => {
    const view = await conversation([{ role: 'assistant', parts: [] }]);
    expect(textIn(messagesIn(view)[0]!)).to.contain('no content');
  });

  it('shows the end of a long conversation first, and any part of the rest when asked, but never much at once', async () => {
    const view = await conversation([
      says('system', 'Be brief.'),
      ...Array.from({ length: 4999 }, (_, index) => says('user', `line ${index + 1}`)),
    ]);
    const places = (): number[] =>
      messagesIn(view).map((item) => Number(/\d+/.exec(item.getAttribute('aria-label')!)![0]));
    expect(places()).to.have.length(41);
    expect(places()[0], 'the instructions').to.equal(1);
    expect(places().at(-1)).to.equal(5000);
    expect(textIn(messagesIn(view).at(-1)!)).to.contain('line 4999');
    for (let turn = 0; turn < 5; turn++) await click(view, /^Show .* earlier messages$/);
    expect(places()).to.have.length(201);
    expect(focused()!.getAttribute('aria-label'), 'where the reader was').to.match(/^Message 4/);
    expect(places()[1]).to.equal(5001 - 240);
    await click(view, 'Show 40 later messages');
    expect(places().at(-1)).to.equal(5000);
    expect(places()).to.have.length(201);
  });

  it('tells roles apart by a colour and a picture, and makes no attribute of an unknown one', async () => {
    const view = await conversation([says('system', 'a'), says('user', 'b'), says('critic', 'c')]);
    const colours = messagesIn(view).map((item) => getComputedStyle(allIn(item, 'strong')[0]!).color);
    expect(new Set(colours).size).to.equal(3);
    expect(messagesIn(view).every((item) => allIn(item, 'svg').length > 0)).to.equal(true);
    expect(allIn(view, '[data-role="critic"]')).to.deep.equal([]);
    expect(textIn(messagesIn(view)[2]!)).to.match(/^critic c/);
  });

  it('folds long instructions to their first lines, with their size', async () => {
    const long = ['You are kind.', 'You are brief.', 'third', 'fourth', 'fifth', 'word '.repeat(1000)].join('\n');
    const view = await conversation([says('system', long), says('user', long)]);
    const [system, user] = messagesIn(view);
    expect(textIn(system!)).to.contain('You are brief.').and.contain('fourth').and.not.to.contain('fifth');
    expect(textIn(user!), 'of a person, all is shown').to.contain('fifth');
    const copies = allByRole(system!, 'button', /^Copy/);
    expect(copies).to.have.length(1);
    expect(await copiedBy(() => copies[0]!.click()), 'what is folded is copied too').to.equal(long);
    await click(view, 'Show all 5k characters');
    expect(textIn(messagesIn(view)[0]!)).to.contain('fifth');
    expect(hasRole(view, 'button', /^Show all/)).to.equal(false);
  });

  const asks = { type: 'tool_call', id: 'c1', name: 'get_weather', arguments: { city: 'Porto' } };
  const told = { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c1', response: '{"sky":"rain"}' }] };
  const first: Call = {
    input: [says('system', 'Be brief.'), says('user', 'Weather?')],
    output: [{ role: 'assistant', parts: [asks] }],
  };
  const second: Call = { input: [...first.input, ...first.output!, told], output: [says('assistant', 'Rain.')] };

  it('folds what is as in the call before, and says what is new', async () => {
    const view = await agentCalls(first, second);
    const list = (): string => textIn(byRole(view, 'list', 'Messages'));
    expect(list()).to.match(
      /^What the model saw The first 3 messages are as in the call before\. Show them .*New in this call tool .*sky.*What it wrote assistant Rain\./,
    );
    expect(messagesIn(view)).to.have.length(2);
    await click(view, 'Show them');
    expect(messagesIn(view)).to.have.length(5);
    await click(view, 'Fold them');
    expect(messagesIn(view)).to.have.length(2);
    await click(view, 'go to the call before');
    expect(view.selected).to.equal('call-1');
    expect(list()).to.contain('Be brief.').and.not.to.contain('as in the call before');
  });

  it('leads from a tool call to the span of the tool', async () => {
    const tool = {
      id: 'tool',
      parent: 'agent',
      start: 12,
      end: 18,
      name: 'execute_tool get_weather',
      attributes: { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.call.id': 'c1' },
    };
    const view = await agentCalls(first, second);
    await view.append(otlp(tool));
    view.selected = 'call-1';
    await settled(view);
    await click(view, 'go to span with result');
    expect(view.selected).to.equal('tool');
    view.selected = 'call-2';
    await settled(view);
    await click(view, 'Show them');
    expect(hasRole(view, 'button', 'go to result'), 'it is in the same conversation').to.equal(true);
    expect(hasRole(view, 'button', 'go to span with result')).to.equal(false);
  });

  it('opens the fold for a link that leads into it, and keeps it open while the trace grows', async () => {
    const view = await agentCalls(first, second);
    await click(view, 'go to call');
    expect(textIn(focused()!)).to.match(/^calls get_weather/);
    expect(messagesIn(view)).to.have.length(5);
    await view.append(otlp({ id: 'late', parent: 'agent', start: 500, end: 510 }));
    await settled(view);
    expect(messagesIn(view)).to.have.length(5);
  });

  it('says where instructions changed and history was left out', async () => {
    const view = await agentCalls(
      {
        input: [says('system', 'It is noon.'), says('user', 'Hi'), says('user', 'Long')],
        output: [says('assistant', 'A')],
      },
      { input: [says('system', 'It is one.'), says('user', 'Hi'), says('user', 'Short')], output: [] },
    );
    expect(textIn(byRole(view, 'list', 'Messages'))).to.match(
      /It is one\. .*The instructions are not those of the call before\. The next message is as in the call before\. 2 messages of the call before are not in this one\. .*Hi .*New in this call .*Short/,
    );
  });

  it('shows the question again where the same was tried before', async () => {
    const again: Call = { input: [...first.input, says('user', 'And now?')], output: [] };
    const view = await agentCalls(again, again);
    expect(messagesIn(view).map((item) => item.getAttribute('aria-label'))).to.deep.equal(['Message 3, user']);
  });

  it('leads from a call to the definition of its tool and back, and counts the calls', async () => {
    const schema = { type: 'object', properties: { city: { type: 'string' } } };
    const view = await conversation(first.input, [{ role: 'assistant', parts: [asks, { ...asks, id: 'c2' }] }], {
      tools: [
        { type: 'function', name: 'idle', description: 'Never called.' },
        { type: 'function', name: 'get_weather', description: 'Tells the weather.', parameters: schema },
      ],
    });
    expect(hasRole(view, 'button', 'call 2')).to.equal(false);
    await click(view, 'definition');
    expect(textIn(focused()!)).to.match(/^get_weather 2 calls .*Tells the weather\. .*properties/);
    expect(textIn(view)).to.contain('idle not called').and.not.to.contain('Never called.');
    await click(view, 'call 2');
    expect(textIn(focused()!)).to.match(/^calls get_weather/);
    expect(focused()).to.equal(allIn(view, '.message .card')[1]);
  });

  it('opens structured output and results as JSON, and shows their text when asked', async () => {
    const view = await conversation([told], [says('assistant', '{"answer": 42, "answer": 43}')]);
    const [result, output] = messagesIn(view);
    expect(allByRole(result!, 'tree')).to.have.length(1);
    expect(textIn(output!))
      .to.match(/answer ?: ?43/)
      .and.not.to.contain('42');
    byRole(output!, 'button', 'as text').click();
    await settled(view);
    expect(textIn(output!)).to.contain('{"answer": 42, "answer": 43}');
    expect(hasRole(output!, 'tree')).to.equal(false);
  });

  it('makes an answer that was cut off stand out', async () => {
    const ended = (reason: string): object => ({ ...says('assistant', 'Once upon'), finish_reason: reason });
    const usual = await conversation([], [ended('stop')]);
    expect(allIn(usual, '.unusual')).to.deep.equal([]);
    for (const [reason, words] of [
      ['length', 'cut off: it reached the limit of tokens · finish reason: length'],
      ['content_filter', 'stopped by a content filter · finish reason: content_filter'],
      ['gone_fishing', 'finish reason: gone_fishing'],
    ] as const) {
      const view = await conversation([], [ended(reason)]);
      expect(allIn(view, '.unusual').map(textIn)).to.deep.equal([words]);
    }
  });

  it('names reasoning that the provider hides', async () => {
    const element = await standalone([
      {
        role: 'assistant',
        origin: 'output',
        parts: [
          { type: 'reasoning', text: '', hidden: 'redacted' },
          { type: 'reasoning', text: 'A summary.', hidden: 'encrypted' },
        ],
      },
    ]);
    expect(textIn(element)).to.contain('Reasoning, redacted by the provider');
    expect(textIn(element)).to.contain('Reasoning, encrypted by the provider · 10 characters');
  });

  it('copies a message, and all of them as text and as JSON, masked where the view is', async () => {
    const view = await agentCalls(first, second);
    expect(await copiedBy(() => byRole(view, 'button', 'Copy as text').click())).to.equal(
      [
        'system:\nBe brief.',
        'user:\nWeather?',
        'assistant:\n→ get_weather { "city": "Porto" }',
        'tool:\n← { "sky": "rain" }',
        'assistant:\nRain.',
      ].join('\n\n'),
    );
    const json = JSON.parse(await copiedBy(() => byRole(view, 'button', 'Copy as JSON').click())) as object[];
    expect(json).to.have.length(5);
    const [message] = messagesIn(view);
    expect(await copiedBy(() => byRole(message!, 'button', 'Copy the message').click())).to.equal(
      '← { "sky": "rain" }',
    );
    const secret = await conversation([says('user', 'I am jane@example.org.')]);
    secret.content = 'masked';
    const shown = (): string => textIn(messagesIn(secret)[0]!);
    await until(() => shown().includes('I am') && !shown().includes('jane'), 'masked');
    expect(await copiedBy(() => byRole(secret, 'button', 'Copy as text').click())).not.to.contain('jane');
  });

  it('has a button for each text of a message that has several', async () => {
    const parts = ['one', 'two'].map((content) => ({ type: 'text', content }));
    const view = await conversation([{ role: 'user', parts }, says('user', 'three')]);
    const counts = messagesIn(view).map((message) => allByRole(message, 'button', /^Copy/).length);
    expect(counts).to.deep.equal([3, 1]);
  });

  it('masks what keys say of values in what is copied', async () => {
    const call = { type: 'tool_call', id: 'c1', name: 'sign_in', arguments: { password: 'hunter2', user: 'u1' } };
    const view = await conversation([{ role: 'assistant', parts: [call] }]);
    view.content = 'masked';
    await until(() => textIn(view).includes('[masked]'), 'masked');
    for (const name of ['Copy as text', 'Copy as JSON', 'Copy the message']) {
      const copied = await copiedBy(() => byRole(view, 'button', name).click());
      expect(copied, name).to.contain('u1').and.not.to.contain('hunter2');
    }
  });

  it('switches every text to Markdown and back', async () => {
    const view = await conversation([says('user', '**Hi**')]);
    const toggle = byRole(view, 'button', 'Markdown');
    expect(toggle.getAttribute('aria-pressed')).to.equal('false');
    toggle.click();
    await settled(view);
    expect(toggle.getAttribute('aria-pressed')).to.equal('true');
    const isBold = (): boolean => allIn(messagesIn(view)[0]!, 'strong').some((word) => textIn(word) === 'Hi');
    await until(isBold, 'bold');
  });

  it('lets a page render parts of its own, and goes on where that fails', async () => {
    const made: string[] = [];
    const undo = [
      registerPartRenderer('other', ({ value }) => {
        if ((value as { type: string }).type !== 'hologram') return undefined;
        made.push('hologram');
        return document.createTextNode('a hologram');
      }),
      registerPartRenderer('text', () => ({ nodeType: 1 }) as unknown as Node),
    ];
    const view = await conversation([
      { role: 'user', parts: [{ type: 'hologram' }, { type: 'smell' }, { type: 'text', content: 'Plain.' }] },
    ]);
    view.links = 'off';
    await settled(view);
    expect(textIn(messagesIn(view)[0]!)).to.match(/^user a hologram .*Unrecognised content .*Plain\./);
    expect(made, 'asked once').to.deep.equal(['hologram']);
    for (const take of undo) take();
    const plain = await conversation([{ role: 'user', parts: [{ type: 'hologram' }] }]);
    expect(textIn(messagesIn(plain)[0]!)).to.contain('Unrecognised content');
  });

  it('reports what a renderer of the page throws, and shows the part', async () => {
    const undo = registerPartRenderer('text', () => {
      throw new Error('of the page');
    });
    const faults: unknown[] = [];
    const report = (fault: unknown): unknown => faults.push(fault);
    await stubbed(window, 'reportError', report, async () => {
      const view = await conversation([says('user', 'Plain.')]);
      expect(textIn(messagesIn(view)[0]!)).to.contain('Plain.');
    });
    undo();
    expect((faults[0] as Error).message).to.equal('of the page');
  });

  it('shows a conversation without a trace', async () => {
    const element = await standalone([
      { role: 'user', origin: 'input', parts: [{ type: 'text', text: 'Hello?' }] },
      { role: 'assistant', origin: 'input', parts: [{ type: 'text', text: 'Hi.' }] },
    ]);
    expect(textIn(element)).to.match(/^2 messages .*user Hello\? .*assistant Hi\./);
    expect(textIn(element)).not.to.contain('What the model saw');
  });

  it('has nothing that cannot be told apart or reached', async () => {
    const view = await agentCalls(first, { ...second, tools: [{ type: 'function', name: 'get_weather' }] });
    await click(view, 'Show them');
    const element = allIn(view, 'llm-messages')[0]!;
    for (const theme of ['light', 'dark'] as const) {
      view.theme = theme;
      await settled(view);
      await expect(element).to.be.accessible();
    }
  });

  it('fits a narrow place', async () => {
    const view = await agentCalls(first, second);
    const element = allIn(view, 'llm-messages')[0]! as LlmMessages;
    element.style.width = '300px';
    await settled(view);
    // Buttons of texts stand out by some px.
    const end = element.getBoundingClientRect().right + 6;
    const wide = [...elementsIn(element)].filter(
      (item) => !item.closest('.visually-hidden') && item.getBoundingClientRect().right > end,
    );
    expect(wide.map((item) => item.outerHTML.slice(0, 80))).to.deep.equal([]);
  });
});
