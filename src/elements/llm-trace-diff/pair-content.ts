import { diffCalls, type CallDiff, type Compared } from '../../analysis/index.js';
import type { Messages } from '../../i18n/index.js';
import { jsonText } from '../../internal/json-text.js';
import { text } from '../../internal/text.js';
import type { ViewSettings } from '../../internal/view-settings.js';
import type { Message, Span } from '../../model/index.js';
import { messageText } from '../llm-messages/conversation-text.js';
import { diffTexts, type TextDiff } from './text-diff.js';

/** Characters of a value that are compared as JSON. */
const MOST_JSON = 200_000;
/** Texts that are compared until a person asks for more. */
const MOST_TEXTS = 20;

/** Two texts, and once that is worked out, what differs. */
export interface ComparedText {
  readonly change: Compared<unknown>['change'];
  readonly before: string;
  readonly after: string;
  diff?: TextDiff;
  /** What compares could not be loaded. */
  isFailed?: boolean;
}

export interface ComparedMessage extends ComparedText {
  readonly role: string;
}

/** A value of two spans: a parameter, a tool, an input. */
export interface ComparedValue extends ComparedText {
  readonly name: string;
}

/** Everything of two spans that is compared as text. */
export interface PairContent {
  readonly messages: readonly ComparedMessage[];
  readonly parameters: readonly ComparedValue[];
  readonly tools: readonly ComparedValue[];
  /** Inputs, outputs, documents, prompts, failures. */
  readonly payloads: readonly ComparedValue[];
}

interface Look {
  readonly messages: Messages;
  readonly settings: ViewSettings;
}

/** What two spans hold; one of them may be absent. */
export function contentOf(before: Span | undefined, after: Span | undefined, look: Look): PairContent {
  const { messages, settings } = look;
  const calls = diffCalls(before, after);
  const messageOf = (message: Message | undefined): string =>
    message ? settings.readable(messageText(message, messages, settings)) : '';
  return {
    messages: calls.messages.map((message) => ({
      role: text((message.after ?? message.before)!.role),
      change: message.change,
      before: messageOf(message.before),
      after: messageOf(message.after),
    })),
    parameters: Array.from(calls.parameters, ([name, value]) => valueOf(name, value, look)),
    tools: calls.tools.map((tool) => valueOf(text((tool.after ?? tool.before)!.name), tool, look)),
    payloads: payloadsOf(before, after, calls, look),
  };
}

function payloadsOf(
  before: Span | undefined,
  after: Span | undefined,
  { messages: conversation }: CallDiff,
  look: Look,
): ComparedValue[] {
  const { messages } = look;
  const payloads: ComparedValue[] = [];
  const add = (name: string, valueIn: (span: Span) => unknown): void => {
    const [one, other] = [before && valueIn(before), after && valueIn(after)];
    if (one === undefined && other === undefined) return;
    const change = one === undefined ? 'added' : other === undefined ? 'missing' : 'changed';
    payloads.push(valueOf(name, { before: one, after: other, change }, look));
  };
  const listed = (list: readonly unknown[]): unknown => (list.length ? list : undefined);
  // A call states its messages as its input and output too.
  if (!conversation.length) add(messages.input, ({ input }) => input);
  add(messages.diff.prompt, ({ prompt }) => prompt?.template ?? prompt);
  add(messages.diff.documentsGiven, ({ inputDocuments }) => listed(inputDocuments));
  if (!conversation.length) add(messages.output, ({ output }) => output);
  add(messages.diff.documents, ({ documents }) => listed(documents));
  add(messages.exception, ({ exceptions, statusMessage }) =>
    exceptions.length
      ? exceptions.map(({ type, message }) => [type, message].filter(Boolean).join(': ')).join('\n')
      : statusMessage,
  );
  return payloads;
}

/** A change of texts that are the same is none. */
function valueOf(name: string, { before, after, change }: Compared<unknown>, look: Look): ComparedValue {
  const [one, other] = [valueText(before, name, look), valueText(after, name, look)];
  return { name, before: one, after: other, change: one === other ? 'equal' : change === 'equal' ? 'changed' : change };
}

function valueText(value: unknown, name: string, { settings }: Look): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return settings.readable(value, name);
  const { text: json } = jsonText(value, MOST_JSON, settings.masking);
  return settings.readable(json, name);
}

/** Compares the texts of a pair, one after the other. */
export class PairWork {
  content: PairContent | undefined;
  /** Another one after each text. */
  version = 0;
  /** Texts of each kind that may be compared. */
  limit = MOST_TEXTS;
  readonly #changed: () => void;
  #waiting: ComparedText[] = [];
  #isRunning = false;

  /** @param changed called when more is known */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  take(content: PairContent | undefined): void {
    this.content = content;
    this.limit = MOST_TEXTS;
    this.#begin();
  }

  /** Compares more texts. */
  more(): void {
    this.limit *= 4;
    this.#begin();
  }

  #begin(): void {
    this.version++;
    const { payloads = [], parameters = [], tools = [], messages = [] } = this.content ?? {};
    this.#waiting = [payloads, parameters, tools, messages].flatMap((list) =>
      list
        .filter(({ change }) => change !== 'equal')
        .slice(0, this.limit)
        .filter(({ diff, isFailed }) => !diff && !isFailed),
    );
    void this.#run();
  }

  async #run(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      try {
        next.diff = await diffTexts(next.before, next.after);
      } catch {
        next.isFailed = true;
      }
      this.version++;
      this.#changed();
      // What waits on the page goes first.
      await new Promise((resolve) => setTimeout(resolve));
    }
    this.#isRunning = false;
  }
}
