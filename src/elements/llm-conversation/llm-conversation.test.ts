import { expect, oneEvent } from '@open-wc/testing';
import '../../define/llm-conversation.js';
import { readTraces } from '../../formats/index.js';
import type { Trace } from '../../model/index.js';
import { sharedText } from '../../test/shared-files.js';
import {
  allByRole,
  allIn,
  byRole,
  focused,
  hasRole,
  measured,
  sample,
  settled,
  shownIn,
  stubbed,
  textIn,
  traceOf,
  until,
  type SpanSketch,
} from '../test-support.js';
import type { LlmConversation } from './llm-conversation.js';

type Said = readonly [role: string, text: string];

/** A call of a model that was given some messages and wrote the last. */
const call = (id: string, parent: string, start: number, ...said: readonly Said[]): SpanSketch => {
  const attributes: Record<string, unknown> = { 'openinference.span.kind': 'LLM', 'llm.model_name': 'gpt-4o' };
  said.forEach(([role, text], at) => {
    const list = at === said.length - 1 ? 'llm.output_messages.0' : `llm.input_messages.${at}`;
    attributes[`${list}.message.role`] = role;
    attributes[`${list}.message.content`] = text;
  });
  return { id, parent, start, end: start + 5, attributes };
};
const agent = (id: string, parent: string, start: number): SpanSketch => ({
  id,
  parent,
  start,
  end: start + 90,
  attributes: { 'openinference.span.kind': 'AGENT' },
});
const asks = (span: SpanSketch, tool: string, args: string): SpanSketch => ({
  ...span,
  attributes: {
    ...span.attributes,
    'llm.output_messages.0.message.tool_calls.0.tool_call.function.name': tool,
    'llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments': args,
  },
});
const tool = (id: string, parent: string, start: number, output: string): SpanSketch => ({
  id,
  parent,
  start,
  end: start + 5,
  attributes: { 'openinference.span.kind': 'TOOL', 'tool.name': id, 'output.value': output },
});

const HELLO: readonly Said[] = [
  ['system', 'Be good.'],
  ['user', 'Hello there'],
];
const run: readonly SpanSketch[] = [
  { id: 'root', start: 0, end: 100 },
  agent('lead', 'root', 1),
  asks(call('first', 'lead', 2, ...HELLO, ['assistant', 'Let me ask.']), 'helper', '{"task":"look"}'),
  agent('helper', 'lead', 10),
  asks(call('inner', 'helper', 11, ['user', 'look'], ['assistant', 'Looking']), 'search', '{"words":"sky"}'),
  tool('search', 'helper', 20, 'a clear sky'),
  call('last', 'lead', 50, ...HELLO, ['assistant', 'Let me ask.'], ['user', 'And now?'], ['assistant', 'All clear.']),
];

async function shownFor(trace: Trace, width = 1000): Promise<LlmConversation> {
  const element = await shownIn('llm-conversation', trace, { width, height: 500 });
  await readThrough(element);
  return element;
}

async function readThrough(conversation: LlmConversation): Promise<void> {
  await until(() => /\d message|states its messages/.test(textIn(conversation)), 'the conversation');
  await until(() => !textIn(conversation).includes('Reading'), 'all of it');
  await measured(conversation);
}

/** Questions and answers in turn, each call with all that was said before. */
function long(count: number): Promise<Trace> {
  const said: Said[] = [];
  const spans = Array.from({ length: count }, (_, at) => {
    said.push(['user', `question ${at}`]);
    const span = call(`c${at}`, 'root', at, ...said, ['assistant', `answer ${at}`]);
    said.push(['assistant', `answer ${at}`]);
    return span;
  });
  return traceOf({ id: 'root', start: 0, end: 999 }, ...spans);
}

const entries = (conversation: LlmConversation): HTMLElement[] => allIn(conversation, 'li[data-span-id]');
/** Who said what, and the beginnings of parts. */
const lines = (conversation: LlmConversation): string[] =>
  entries(conversation).map((entry) => {
    if (!entry.matches('.message')) return `# ${textIn(entry)}`;
    const texts = allIn(entry, 'llm-text-block, .tool-name').map(textIn);
    return `${textIn(allIn(entry, 'strong')[0]!)}: ${texts.join(' | ')}`;
  });
const selectedIn = (conversation: LlmConversation): string[] =>
  allIn(conversation, '.selected').map((entry) => (entry.dataset['spanId'] ?? textIn(entry)).slice(0, 20));

describe('llm-conversation', () => {
  it('says once what was said, agents put together, results beside their calls', async () => {
    const conversation = await shownFor(await traceOf(...run));
    expect(lines(conversation)).to.deep.equal([
      '# agent lead 7 messages · 90 ms',
      'system: Be good.',
      'user: Hello there',
      'assistant: Let me ask. | helper',
      '# agent helper 2 messages · 90 ms',
      'user: look',
      'assistant: Looking | search | result of search | a clear sky',
      'user: And now?',
      'assistant: All clear.',
    ]);
    expect(textIn(conversation)).to.contain('7 messages · 2 tool calls');
  });

  it('has one selection: a message leads to its span, a tool call to that of the tool', async () => {
    const conversation = await shownFor(await traceOf(...run));
    const told = oneEvent(conversation, 'llm-span-select');
    entries(conversation).at(-2)!.click();
    expect((await told).detail.span.id).to.equal('last');
    await settled(conversation);
    expect(selectedIn(conversation)).to.deep.equal(['last', 'last']);
    const tooled = oneEvent(conversation, 'llm-span-select');
    byRole(conversation, 'button', 'go to span with result').click();
    expect((await tooled).detail.span.id).to.equal('search');
    await settled(conversation);
    expect(selectedIn(conversation)).to.deep.equal(['calls search go to s']);
    const agents = oneEvent(conversation, 'llm-span-select');
    byRole(conversation, 'button', 'helper').click();
    expect((await agents).detail.span.id).to.equal('helper');
  });

  it('leaves alone who marks a text, or clicks on what is in a message', async () => {
    const conversation = await shownFor(await traceOf(...run));
    conversation.addEventListener('llm-span-select', () => expect.fail('selected'));
    const message = entries(conversation)[2]!;
    allIn(message, 'button')[0]?.click();
    getSelection()!.selectAllChildren(document.body);
    message.click();
    getSelection()!.removeAllRanges();
  });

  it('folds what an agent said, and unfolds it for a span that is selected in it', async () => {
    const conversation = await shownFor(await traceOf(...run));
    byRole(conversation, 'button', 'agent helper').click();
    await settled(conversation);
    expect(lines(conversation)).to.have.length(7);
    expect(byRole(conversation, 'button', 'agent helper').getAttribute('aria-expanded')).to.equal('false');
    conversation.reveal('search');
    await settled(conversation);
    expect(lines(conversation)).to.have.length(9);
    expect(conversation.selected).to.equal('search');
  });

  it('reads on while a trace grows, and keeps what is folded', async () => {
    const conversation = await shownFor(await traceOf(...run));
    byRole(conversation, 'button', 'agent helper').click();
    const more: Said[] = [...HELLO, ['assistant', 'Let me ask.'], ['user', 'And now?'], ['assistant', 'All clear.']];
    conversation.trace = await traceOf(
      ...run,
      call('more', 'lead', 60, ...more, ['user', 'Thanks'], ['assistant', 'Bye']),
    );
    await until(() => textIn(conversation).includes('Bye'), 'what came');
    expect(lines(conversation).slice(-3)).to.deep.equal(['assistant: All clear.', 'user: Thanks', 'assistant: Bye']);
    expect(hasRole(conversation, 'button', 'agent helper')).to.equal(true);
    expect(textIn(conversation)).not.to.contain('a clear sky');
  });

  it('shows calls that failed, and says so where nothing was said', async () => {
    const conversation = await shownFor(
      await traceOf({ id: 'root', start: 0, end: 9 }, { ...call('bad', 'root', 1), error: 'rate limit' }),
    );
    expect(lines(conversation)).to.deep.equal(['# gpt-4o failed rate limit']);
    conversation.trace = await traceOf({ id: 'other', trace: 't2', start: 0, end: 1 });
    await until(() => textIn(conversation).includes('No call of this trace'), 'the empty state');
  });

  it('shows a page of a long conversation, and goes on from there', async () => {
    const conversation = await shownFor(await long(150));
    expect(entries(conversation)).to.have.length(40);
    expect(lines(conversation)[39]).to.equal('assistant: answer 19');
    byRole(conversation, 'button', 'Show 260 later messages').click();
    await settled(conversation);
    expect(textIn(focused()!)).to.contain('question 20');
    expect(entries(conversation)).to.have.length(80);
    conversation.reveal('c140');
    await settled(conversation);
    expect(entries(conversation)).to.have.length.within(20, 40);
    const scroller = byRole(conversation, 'region');
    const entry = entries(conversation).find(({ dataset }) => dataset['spanId'] === 'c140')!;
    const isInSight = entry.getBoundingClientRect().top < scroller.getBoundingClientRect().bottom;
    expect(isInSight).to.equal(true);
    expect(hasRole(conversation, 'button', /earlier messages/)).to.equal(true);
  });

  it('shows the first page while it reads on, and stays there', async () => {
    const trace = await long(120);
    let now = 0;
    let conversation: LlmConversation | undefined;
    // Each call that is read takes so long that the page has its turn after it.
    await stubbed(
      performance,
      'now',
      () => (now += 200),
      async () => {
        conversation = await shownFor(trace);
      },
    );
    expect(entries(conversation!)).to.have.length(40);
    expect(hasRole(conversation!, 'button', 'Show 200 later messages')).to.equal(true);
  });

  it('masks secrets, and shows hidden characters', async () => {
    const secret = 'ask jane.doe@example.org \u202enow';
    const conversation = await shownFor(
      await traceOf({ ...agent('a', '', 0), name: secret }, call('c', 'a', 1, ['user', secret], ['assistant', 'Yes'])),
    );
    expect(textIn(conversation)).to.contain('jane.doe').and.to.contain('U+202E').and.not.to.contain('\u202e');
    conversation.content = 'masked';
    await until(() => !textIn(conversation).includes('jane.doe'), 'masked');
    expect(allIn(conversation, '[title*="jane.doe"], [aria-label*="jane.doe"]')).to.have.length(0);
  });

  for (const width of [1000, 340]) {
    it(`is accessible, ${width} px wide`, async () => {
      const conversation = await shownFor(await traceOf(...run), width);
      conversation.selected = 'inner';
      await settled(conversation);
      await expect(conversation).to.be.accessible();
      const scroller = byRole(conversation, 'region');
      expect(scroller.scrollWidth).to.be.at.most(scroller.clientWidth);
      expect(allByRole(conversation, 'listitem').length).to.be.above(5);
    });
  }

  for (const [name, least] of [
    ['agent-tools', 8],
    ['nested-agents', 20],
    ['rag-kensho', 2],
  ] as const) {
    it(`shows the recorded trace ${name}: what every call wrote`, async () => {
      const [trace] = await readTraces(await sample(name));
      const conversation = await shownFor(trace!);
      expect(entries(conversation).length).to.be.at.least(least);
      const ids = new Set(entries(conversation).map(({ dataset }) => dataset['spanId']));
      for (const span of trace!.spans) {
        if (span.kind === 'llm') expect(ids.has(span.id), `${span.name} ${span.id}`).to.equal(true);
      }
    });
  }
});

describe('llm-conversation, shared', () => {
  it('gives results that only spans of tools state to the calls that they are of', async function () {
    const words = await sharedText('fixtures/langfuse/framework-claude-agent-2025-12-22.json');
    if (words === undefined) return this.skip();
    const conversation = await shownFor((await readTraces(words))[0]!);
    const [exchange] = allIn(conversation, '.exchange').filter((one) => textIn(one).includes('New York'));
    expect(textIn(exchange!)).to.contain('Weather in New York').and.not.to.contain('Weather in Berlin');
  });
});
