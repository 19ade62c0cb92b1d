import { stated, unlessEmpty } from '../../conventions/attribute-values.js';
import type { Message, SpanEvent, SpanMeaning, SpanReader, SpanRecord } from '../../model/index.js';
import { messagesOf } from '../../payloads/index.js';
import { jsonOrText } from '../../payloads/json-text.js';
import { toolResultValue } from '../../payloads/content-part.js';
import { chatMessage } from '../../payloads/chat-message.js';
import {
  blocksOf,
  messageOf,
  wordsOf,
  type Call,
  type ClaudeSession,
  type Stretch,
  type ToolUse,
} from './claude-code-session.js';
import { asArray, asText, isObject, type JsonObject } from '../../payloads/json-value.js';
import { exceptionOf, fieldsOf, recordOf } from '../row.js';
import { without } from '../../payloads/streams/joined.js';

export const FORMAT = 'claude-code';

/** One answer of the model, of the lines that it was written in: the blocks of all, the rest as the last one has it. */
export function answerOf({ lines }: Call): JsonObject {
  const content = lines.flatMap((line): readonly unknown[] => {
    const held = messageOf(line)['content'];
    return typeof held === 'string' ? [{ type: 'text', text: held }] : asArray(held);
  });
  return { ...messageOf(lines.at(-1)), content };
}

/** What a span of each kind keeps, so that its lines can be seen as they came. */
export const rawOfCall = (call: Call): JsonObject => ({ message: answerOf(call), lines: call.lines });
export const rawOfTool = ({ call, result, resultLine }: ToolUse): JsonObject => ({
  ...call,
  ...(result && { result }),
  ...(resultLine?.['toolUseResult'] !== undefined && { toolUseResult: resultLine['toolUseResult'] }),
});
export const rawOfStretch = ({ prompt, notes, agentId }: Stretch): JsonObject => ({
  ...(agentId !== undefined && { agentId }),
  ...(prompt && { prompt }),
  ...(notes.length > 0 && { notes }),
});

const LINE_CONTENT: ReadonlySet<string> = new Set(['message', 'toolUseResult']);

const recordOfLine = (line: JsonObject | undefined, notes: readonly JsonObject[] = []): SpanRecord => ({
  ...recordOf(line ? fieldsOf(line, LINE_CONTENT) : new Map()),
  events: notes.map(eventOf),
});

function eventOf(note: JsonObject): SpanEvent {
  const time = Date.parse(asText(note['timestamp']));
  const name = asText(note['subtype']) || asText(note['operation']) || asText(note['type']) || 'line';
  return { name, attributes: fieldsOf(note), ...(Number.isFinite(time) && { time }) };
}

/** Lines of the conversation as the model gets them. */
const turnsOf = (messages: readonly JsonObject[], origin: Message['origin']): readonly Message[] =>
  messages.length ? (messagesOf(messages, origin) ?? messages.map((message) => chatMessage(message, origin))) : [];

export const sessionReader = (session: ClaudeSession): SpanReader => ({
  format: FORMAT,
  record: () => recordOfLine(session.first, session.notes),
  meaning: () => ({}),
});

export const stretchReader = (stretch: Stretch): SpanReader => ({
  format: FORMAT,
  record: () => recordOfLine(stretch.prompt ?? stretch.first, stretch.notes),
  meaning: () => {
    const answer = stretch.answer && answerOf(stretch.answer);
    const input = messageOf(stretch.prompt)['content'];
    const said = asArray(answer?.['content']).filter((block) => isObject(block) && block['type'] === 'text');
    return stated<SpanMeaning>({
      input: typeof input === 'string' || (typeof input === 'object' && input !== null) ? input : undefined,
      output: said.length ? said.map((block) => asText((block as JsonObject)['text'])).join('\n') : undefined,
      messages: unlessEmpty([
        ...turnsOf(stretch.prompt ? [messageOf(stretch.prompt)] : [], 'input'),
        ...turnsOf(said.length ? [{ role: 'assistant', content: said }] : [], 'output'),
      ]),
    });
  },
});

export const callReader = (session: ClaudeSession, call: Call): SpanReader => ({
  format: FORMAT,
  record: () => {
    const record = recordOfLine(call.lines[0]);
    const message = without(answerOf(call), 'content');
    return { ...record, attributes: new Map([...record.attributes, ...fieldsOf(prefixed(message))]) };
  },
  meaning: () => {
    const answer = answerOf(call);
    const input = conversationBefore(session, call);
    return stated<SpanMeaning>({
      input: input.length ? input : undefined,
      output: answer,
      messages: unlessEmpty([...turnsOf(input, 'input'), ...turnsOf([{ role: 'assistant', ...answer }], 'output')]),
      exceptions: isFailed(call) ? [{ message: wordsOf(call.lines.at(-1)) }] : undefined,
    });
  },
});

const prefixed = (message: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(message).map(([name, value]) => [`message.${name}`, value]));

export const isFailed = ({ lines }: Call): boolean => lines.some((line) => line['isApiErrorMessage'] === true);

/**
 * What the model was sent, as far as the file tells: the lines above, up to the first one or to where the context was
 * summed up. Of several calls of tools in one answer only one result lies on that way; the others are fetched.
 */
function conversationBefore(session: ClaudeSession, call: Call): JsonObject[] {
  const found: JsonObject[] = [];
  const seen = new Set<unknown>([call]);
  for (let line = call.asked; line && !seen.has(line); line = session.lines.get(asText(line['parentUuid']))) {
    seen.add(line);
    if (line['type'] === 'user') found.push(messageOf(line));
    if (line['type'] !== 'assistant') continue;
    const above = session.callOf(line);
    if (!above || seen.has(above)) continue;
    seen.add(above);
    const answer = answerOf(above);
    for (const block of asArray(answer['content'])) {
      const result = isObject(block) ? session.tools.get(asText(block['id']))?.resultLine : undefined;
      if (!result || seen.has(result)) continue;
      seen.add(result);
      found.push(messageOf(result));
    }
    found.push(answer);
  }
  return found.reverse();
}

export const toolReader = (tool: ToolUse): SpanReader => ({
  format: FORMAT,
  record: () => recordOfLine(tool.resultLine ?? tool.line),
  meaning: () => {
    const { result } = tool;
    const exception = result?.['is_error'] === true ? exceptionOf(textOf(result)) : undefined;
    return stated<SpanMeaning>({
      input: tool.call['input'] as SpanMeaning['input'],
      output: result && (toolResultValue(jsonOrText(result['content'])) as SpanMeaning['output']),
      exceptions: exception && [exception],
    });
  },
});

/** The text of a tool's result. */
export function textOf(result: JsonObject): string {
  const { content } = result;
  if (typeof content === 'string') return content;
  return blocksOf({ message: { content } })
    .map((block) => asText(block['text']))
    .join('\n');
}
