import type { Message, MessagePart, TextPart } from '../model/index.js';
import { instructions, makeMessage, roleOf, textMessage, turnsIn } from './chat-message.js';
import { citationOf, cite } from './citations.js';
import { contentPart, contentParts } from './content-part.js';
import { firstText, isRecord, recordsIn, type JsonRecord } from './json-record.js';
import { mediaOf } from './media.js';
import type { PayloadShape } from './payload.js';

/** Parts that no other API has. Its parts have no type: the only key tells. */
const TELLING_KEYS = ['toolUse', 'toolResult', 'reasoningContent', 'cachePoint', 'guardContent', 'citationsContent'];
const MEDIA_KEYS = ['image', 'document', 'video', 'audio'] as const;

const isTellingPart = (part: JsonRecord): boolean =>
  part['type'] === undefined &&
  (TELLING_KEYS.some((key) => isRecord(part[key])) ||
    MEDIA_KEYS.some((key) => isRecord(part[key]) && isRecord(part[key]['source'])));

const isTurn = (turn: unknown): turn is JsonRecord => isRecord(turn) && typeof turn['role'] === 'string';

/**
 * Amazon Bedrock: the Converse API's request (`messages`, `system`, `inferenceConfig`), response (`output.message`) and
 * bare turns (docs.aws.amazon.com/bedrock, API_runtime_Converse and API_runtime_ContentBlock), which Nova's own bodies
 * share; and of the bodies that only single models have, Titan's and Llama's. Claude's on Bedrock are Anthropic's.
 */
export const bedrock: PayloadShape = {
  name: 'Bedrock',
  messages(value, origin) {
    if (isRecord(value)) {
      const { output, inputText, results, generation } = value;
      if (isRecord(output) && isTurn(output['message'])) {
        return [turn(output['message'], 'output', firstText(value, 'stopReason'))];
      }
      if (typeof inputText === 'string') return [textMessage('user', 'input', inputText)];
      if (typeof generation === 'string' && 'stop_reason' in value) {
        const finishReason = firstText(value, 'stop_reason');
        return [makeMessage('assistant', 'output', contentParts(generation), { finishReason })];
      }
      const texts = recordsIn(results).filter((result) => typeof result['outputText'] === 'string');
      if (texts.length) {
        return texts.map((result) =>
          makeMessage('assistant', 'output', contentParts(result['outputText']), {
            finishReason: firstText(result, 'completionReason'),
          }),
        );
      }
    }
    const list = turnsIn(value);
    const isConverse = isRecord(value) && (isRecord(value['inferenceConfig']) || isRecord(value['toolConfig']));
    if (!list?.some((item) => isTurn(item) && (isConverse || recordsIn(item['content']).some(isTellingPart)))) {
      return undefined;
    }
    return [
      ...(isRecord(value) ? instructions(value['system'], origin) : []),
      ...list.map((item) => (isTurn(item) ? turn(item, origin) : makeMessage('user', origin, contentParts(item)))),
    ];
  },
};

function turn(value: JsonRecord, origin: Message['origin'], finishReason?: string): Message {
  const parts = contentParts(value['content'], part);
  const isResult = parts.length > 0 && parts.every(({ type }) => type === 'tool-result');
  return makeMessage(isResult ? 'tool' : roleOf(value['role'], origin), origin, parts, { finishReason });
}

function part(value: unknown): MessagePart {
  if (!isRecord(value) || value['type'] !== undefined) return contentPart(value);
  const { toolUse, toolResult, reasoningContent, citationsContent } = value;
  if (isRecord(toolUse)) {
    const id = firstText(toolUse, 'toolUseId');
    const name = firstText(toolUse, 'name') ?? '';
    return { type: 'tool-call', name, arguments: toolUse['input'], ...(id !== undefined && { id }) };
  }
  if (isRecord(toolResult)) {
    const id = firstText(toolResult, 'toolUseId');
    return {
      type: 'tool-result',
      result: resultValue(toolResult['content']),
      ...(id !== undefined && { id }),
      ...(toolResult['status'] === 'error' && { isError: true }),
    };
  }
  if (isRecord(reasoningContent)) {
    const said = reasoningContent['reasoningText'];
    return isRecord(said)
      ? { type: 'reasoning', text: firstText(said, 'text') ?? '' }
      : { type: 'reasoning', text: '', hidden: 'redacted' };
  }
  if (isRecord(citationsContent)) return citedContent(citationsContent);
  for (const key of MEDIA_KEYS) {
    const medium = value[key];
    if (isRecord(medium)) return mediumOf(medium, key) ?? { type: 'other', value };
  }
  return contentPart(value);
}

/** A text and the sources of all of it. Where in a source it is found is of one of several kinds, of which a page has an address. */
function citedContent({ content, citations }: JsonRecord): MessagePart {
  const texts = (list: unknown): string[] => recordsIn(list).flatMap((item) => firstText(item, 'text') ?? []);
  const part: TextPart = { type: 'text', text: texts(content).join('') };
  const sources = recordsIn(citations).flatMap(({ title, source, sourceContent, location }) => {
    const [place] = recordsIn(isRecord(location) ? Object.values(location) : []);
    const { url, documentIndex } = place ?? {};
    return citationOf({ title, source, cited_text: texts(sourceContent).join('\n'), url, documentIndex }) ?? [];
  });
  cite(part, sources);
  return part;
}

/** The bytes are base64 in JSON; the format is the second half of the MIME type. */
function mediumOf(medium: JsonRecord, key: (typeof MEDIA_KEYS)[number]): MessagePart | undefined {
  const source = isRecord(medium['source']) ? medium['source'] : {};
  const place = isRecord(source['s3Location']) ? source['s3Location']['uri'] : undefined;
  const format = firstText(medium, 'format');
  const mimeType = format === undefined ? undefined : `${key === 'document' ? 'application' : key}/${format}`;
  return mediaOf(
    { data: source['bytes'], uri: place, name: medium['name'], mimeType },
    key === 'document' ? 'file' : key,
  );
}

/** What a tool gave back: a list of parts, each text, JSON or a medium. One alone stands for itself. */
function resultValue(content: unknown): unknown {
  if (!Array.isArray(content)) return content;
  const values = content.map((item: unknown) => (isRecord(item) ? (item['json'] ?? item['text'] ?? item) : item));
  return values.length === 1 ? values[0] : values;
}
