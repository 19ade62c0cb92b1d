import type { Payload } from '../../model/index.js';
import { isObject, outOfMetadata, withOutput, type DatasetShape } from './dataset-shape.js';

/**
 * Samples of the OpenAI Evals framework (openai/evals, docs/build-eval.md): `input` is a chat or a text, `ideal` a text or
 * several, of which one is enough; templates look at no other field. Any other value becomes JSON text.
 */
export const openAiEvals: DatasetShape = {
  name: 'openai-evals',
  line: (example) => ({
    input: messagesOf(example.input) ?? textOf(example.input),
    ...(example.expected !== undefined && { ideal: idealOf(example.expected) }),
    metadata: withOutput(example),
  }),
  read: ({ input, ideal, metadata }) => {
    const isChat = Array.isArray(input);
    if (!isChat && typeof input !== 'string') return undefined;
    return {
      input: isChat ? { messages: input as unknown[] } : input,
      ...((typeof ideal === 'string' || Array.isArray(ideal)) && { expected: ideal as Payload }),
      ...outOfMetadata(metadata),
    };
  },
};

const messagesOf = (value: Payload): unknown[] | undefined =>
  isObject(value) && Array.isArray(value['messages']) && Object.keys(value).length === 1
    ? value['messages']
    : undefined;

const textOf = (value: Payload): string => (typeof value === 'string' ? value : JSON.stringify(value));

function idealOf(value: Payload): string | string[] {
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value;
  // An expected message is what it says.
  return isObject(value) && typeof value['content'] === 'string' ? value['content'] : textOf(value);
}
