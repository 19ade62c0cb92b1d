import type { Payload } from '../../model/index.js';
import { isObject, type DatasetShape } from './dataset-shape.js';

/**
 * Rows of a data source of OpenAI's evals API (`jsonl`, openai-node `CreateEvalJSONLRunDataSource`): what is under `item` is
 * what graders name as `{{item.…}}`.
 */
export const openAiEvalItems: DatasetShape = {
  name: 'openai-eval-items',
  line: ({ input, output, expected, metadata }) => ({
    item: {
      input,
      ...(output !== undefined && { output }),
      ...(expected !== undefined && { expected }),
      ...(metadata && { metadata }),
    },
  }),
  read: ({ item }) => {
    if (!isObject(item) || item['input'] === undefined) return undefined;
    const { input, output, expected, metadata } = item;
    return {
      input: input as Payload,
      ...(output !== undefined && { output: output as Payload }),
      ...(expected !== undefined && { expected: expected as Payload }),
      ...(isObject(metadata) && { metadata }),
    };
  },
};
