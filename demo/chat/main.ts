/** A chat with tools and retrieval, traced in the page: what it does is read beside it, and still there after a reload. */
import 'llm-trace-kit/define.js';
import type { OtlpExporter } from 'llm-trace-kit/export';
import { openTraceStore } from 'llm-trace-kit/store';
import { createTracer } from 'llm-trace-kit/tracer';
import { wrapOpenAI } from 'llm-trace-kit/tracer/openai';
import { render } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type OpenAI from 'openai';
import '../demo.js';
import { answer } from './agent.js';
import './chat.css';
import { connectCollector } from './collector.js';
import { Conversation, HELPFUL } from './conversation.js';
import { connectEndpoint } from './endpoint.js';
import { connectFiles } from './files.js';
import { element, on, say, showPane } from './page.js';
import { emptyConversation, turnTemplate, type TurnActions } from './turns.js';

// ---- The tracer, and the elements that show what it records

const store = await openTraceStore();
const list = document.querySelector('llm-trace-list')!;
const view = document.querySelector('llm-trace-view')!;
list.store = store;
view.store = store;

let endpoint: { client: OpenAI; model: string };
let exporters: readonly OtlpExporter[] = [];

// ---- Asking

let conversation: Conversation;
/** The answer that is being written here. */
let current: { traceId: string; text: string; news: string; abort: AbortController } | undefined;

async function ask(question: string): Promise<void> {
  if (current || !question.trim()) return;
  const { sessionId, messages } = conversation;
  const abort = new AbortController();
  // Made for each question: model and collector may have changed. An application makes one.
  const tracer = createTracer({ store, exporters, service: 'shop-assistant' });
  const openai = wrapOpenAI(endpoint.client, { tracer });

  const asked = tracer.span('answer', { kind: 'agent', input: question, sessionId }, async (span) => {
    current = { traceId: span.traceId, text: '', news: '', abort };
    conversation.begin(span, question);
    tellNews('Thinking…');
    showTrace(span.traceId);
    try {
      return await answer(span, {
        openai,
        model: endpoint.model,
        messages: [...messages, { role: 'user', content: question }],
        signal: abort.signal,
        onText(text) {
          current!.text = text;
          draw();
        },
        onTools: (names) => tellNews(`Using ${names.join(' and ')}…`),
      });
    } catch (error) {
      if (!abort.signal.aborted) throw error;
      span.addEvent('stopped');
      return current.text;
    }
  });
  // The span has the error, and the turn is read from the span.
  await asked.catch(() => {});
  const { traceId } = current!;
  await conversation.read([traceId]);
  current = undefined;
  const done = conversation.turns.find((turn) => turn.traceId === traceId);
  say(done?.error ?? done?.answer ?? '');
  draw();
}

function tellNews(news: string): void {
  current!.news = news;
  say(news);
  draw();
}

// ---- What is on the screen

const log = element('log');
const question = document.querySelector('textarea')!;

const actions: TurnActions = {
  showTrace(traceId, spanId) {
    showTrace(traceId, spanId);
    showPane('traces');
  },
  judge: ({ spanId }, value) => void store.addScore(spanId, { name: HELPFUL, value, source: 'human' }),
  ask(chosen) {
    // The button that was pressed may be gone now.
    question.focus();
    void ask(chosen);
  },
};

function draw(): void {
  const isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
  const { turns } = conversation;
  const content = turns.length
    ? repeat(
        turns,
        ({ traceId }) => traceId,
        (turn) =>
          turnTemplate(turn, {
            actions,
            isShown: turn.traceId === view.traceId,
            current: turn.traceId === current?.traceId ? current : undefined,
          }),
      )
    : emptyConversation(actions);
  render(content, log);
  element('send').hidden = current !== undefined;
  element('stop').hidden = current === undefined;
  if (isAtEnd) log.scrollTop = log.scrollHeight;
}

function showTrace(traceId: string | undefined, spanId?: string): void {
  view.traceId = traceId;
  view.selected = spanId;
  list.selected = traceId;
  draw();
}

// Every change of the store, also by another tab: answers, judgements, deletions.
store.subscribe(({ traceIds }) => void conversation.read(traceIds).then(draw));
list.addEventListener('llm-trace-select', ({ detail }) => showTrace(detail.traceId));

// ---- What a person does

function send(): void {
  if (current) return;
  void ask(question.value);
  question.value = '';
  log.scrollTop = log.scrollHeight;
}

function stop(): void {
  current?.abort.abort();
  question.focus();
}

/** The address names the conversation: after a reload it is the same, in another tab another. */
async function openConversation(): Promise<void> {
  current?.abort.abort();
  if (!location.hash) history.replaceState(undefined, '', `#${newId()}`);
  const opened = new Conversation(store, location.hash.slice(1));
  await opened.read();
  conversation = opened;
  showTrace(opened.turns.at(-1)?.traceId);
  log.scrollTop = log.scrollHeight;
}
const newId = (): string => crypto.randomUUID().slice(0, 8);

on('composer', 'submit', send);
question.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  send();
});
on('stop', 'click', stop);
on('new-conversation', 'click', () => {
  location.hash = newId();
  question.focus();
});
addEventListener('hashchange', () => void openConversation());

connectEndpoint((client, model) => (endpoint = { client, model }));
connectCollector((exporter) => (exporters = exporter ? [exporter] : []));
connectFiles(store, showTrace);
await openConversation();
