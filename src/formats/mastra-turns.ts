import type { Message } from '../model/index.js';
import { chatMessage } from '../payloads/chat-message.js';
import { firstText } from '../payloads/json-record.js';
import type { JsonObject } from '../payloads/json-value.js';
import { generationTurns } from './generation-result.js';

/** The conversation of an agent, or of a call of a model, in a span of Mastra's. Text alone is a turn in both. */
export function turnsOf(input: unknown, output: unknown, attributes: JsonObject): readonly Message[] {
  const asked = generationTurns(input, undefined, true);
  return [...instructionsBefore(asked, attributes), ...asked, ...answersOf(output, attributes)];
}

/** An agent keeps what it was made with apart from what it was asked. */
function instructionsBefore(asked: readonly Message[], attributes: JsonObject): readonly Message[] {
  const content = firstText(attributes, 'instructions');
  if (content === undefined) return [];
  const isSaid = asked.some(
    ({ role, parts }) => role === 'system' && parts.some((part) => part.type === 'text' && part.text === content),
  );
  return isSaid ? [] : [chatMessage({ role: 'system', content }, 'input')];
}

/** The last answer with its reason to end; what came before, where a generation tells of all its steps at once. */
function answersOf(output: unknown, attributes: JsonObject): readonly Message[] {
  const answers = [...generationTurns(undefined, output, true)];
  const last = answers.pop();
  if (!last) return [];
  const finishReason = last.finishReason ?? firstText(attributes, 'finishReason');
  const finished = finishReason === undefined ? last : { ...last, finishReason };
  const calls = last.parts.filter(({ type }) => type === 'tool-call');
  const said = last.parts.filter(({ type }) => type !== 'tool-call');
  // Who calls a tool last ends with that: the calls beside another end are of earlier steps.
  const isEarlier = calls.length > 0 && said.length > 0 && finishReason !== undefined && !finishReason.includes('tool');
  if (!isEarlier) return [...answers, finished];
  return [...answers, { role: last.role, origin: last.origin, parts: calls }, { ...finished, parts: said }];
}
