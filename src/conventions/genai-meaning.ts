import type { Message, Score, SpanEvent, SpanMeaning, SpanRecord } from '../model/index.js';
import { instructions } from '../payloads/chat-message.js';
import { documentsOf } from '../payloads/documents.js';
import { conversation } from '../payloads/index.js';
import { jsonOrText } from '../payloads/json-text.js';
import { toolDefinitions } from '../payloads/tools.js';
import {
  firstOf,
  hasPrefix,
  ownTool,
  parametersOf,
  payloadOf,
  stated,
  textOf,
  unlessEmpty,
  type Attributes,
} from './attribute-values.js';
import { asNumber } from './convention.js';

const PARAMETERS: ReadonlyMap<string, string> = new Map([['gen_ai.output.type', 'output.type']]);

export function genAiMeaning({ attributes, events }: SpanRecord): SpanMeaning {
  const scores = unlessEmpty(events.filter(({ name }) => name === 'gen_ai.evaluation.result').map(score));
  if (!hasPrefix(attributes, 'gen_ai.')) return stated<SpanMeaning>({ scores });
  const tools = unlessEmpty(toolDefinitions(attributes.get('gen_ai.tool.definitions')));
  const promptName = textOf(attributes, 'gen_ai.prompt.name');
  return stated<SpanMeaning>({
    input: payloadOf(attributes, 'gen_ai.tool.call.arguments', 'gen_ai.retrieval.query.text'),
    output: payloadOf(attributes, 'gen_ai.tool.call.result'),
    messages: unlessEmpty(genAiConversation(attributes)),
    tools: tools ?? ownTool(attributes.get('gen_ai.tool.name'), attributes.get('gen_ai.tool.description')),
    documents: unlessEmpty(documentsOf(attributes.get('gen_ai.retrieval.documents'))),
    parameters: parametersOf(attributes, PARAMETERS, 'gen_ai.request.'),
    prompt: promptName === undefined ? undefined : { name: promptName },
    scores,
  });
}

/** The turns that the three attributes of a span, or of an event, hold: as JSON text or as structured values. */
export function genAiConversation(attributes: Attributes): Message[] {
  const output = conversation(attributes.get('gen_ai.output.messages'), 'output');
  const reasons = jsonOrText(attributes.get('gen_ai.response.finish_reasons'));
  const reasonOf = (place: number): unknown => (Array.isArray(reasons) ? reasons[place] : reasons);
  return [
    ...instructions(jsonOrText(attributes.get('gen_ai.system_instructions')), 'input'),
    ...conversation(attributes.get('gen_ai.input.messages'), 'input'),
    ...output.map((message, place) => {
      const finishReason = message.finishReason ?? reasonOf(place);
      return typeof finishReason === 'string' ? { ...message, finishReason } : message;
    }),
  ];
}

/** The judgement that a `gen_ai.evaluation.result` event gives (docs/gen-ai/gen-ai-events.md). */
function score({ attributes }: SpanEvent): Score {
  return {
    name: textOf(attributes, 'gen_ai.evaluation.name') ?? 'evaluation',
    ...stated<Omit<Score, 'name'>>({
      value: asNumber(firstOf(attributes, 'gen_ai.evaluation.score.value')),
      label: textOf(attributes, 'gen_ai.evaluation.score.label'),
      explanation: textOf(attributes, 'gen_ai.evaluation.explanation'),
    }),
  };
}
