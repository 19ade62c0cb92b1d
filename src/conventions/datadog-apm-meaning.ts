import type { Message, SpanMeaning, SpanRecord } from '../model/index.js';
import { roleOf, textMessage } from '../payloads/chat-message.js';
import { hasPrefix, parametersOf, stated, unlessEmpty } from './attribute-values.js';
import { unflatten, type Branch } from './flattened.js';

/** Numbers among the tags of a request that are parameters of the call; the others are what it is about. */
const PARAMETERS = new Map(
  [
    'temperature',
    'top_p',
    'n',
    'max_tokens',
    'presence_penalty',
    'frequency_penalty',
    'seed',
    'stream',
    'logprobs',
  ].map((name) => [`openai.request.${name}`, name] as const),
);

export function datadogApmMeaning({ attributes }: SpanRecord): SpanMeaning {
  if (!hasPrefix(attributes, 'openai.re')) return {};
  const request = unflatten(attributes, 'openai.request');
  const response = unflatten(attributes, 'openai.response');
  const messages = [
    ...request.list('messages').flatMap((message) => messageOf(message, 'input')),
    ...response.list('choices').flatMap((choice) => {
      const finishReason = choice.text('finish_reason');
      const spoken = choice.at('message');
      const said = spoken ? messageOf(spoken, 'output') : textOf(choice.text('text'), 'output');
      return said.map((message) => ({ ...message, ...(finishReason !== undefined && { finishReason }) }));
    }),
  ];
  return stated<SpanMeaning>({
    messages: unlessEmpty(messages),
    parameters: parametersOf(attributes, PARAMETERS),
  });
}

const messageOf = (message: Branch, origin: Message['origin']): Message[] =>
  textOf(message.text('content'), origin, message.text('role'));

const textOf = (said: string | undefined, origin: Message['origin'], role?: string): Message[] =>
  said === undefined ? [] : [textMessage(roleOf(role, origin), origin, said)];
