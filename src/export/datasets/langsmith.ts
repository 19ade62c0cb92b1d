import { inObject, isObject, outOfMetadata, outOfObject, withOutput, type DatasetShape } from './dataset-shape.js';

/**
 * What LangSmith's clients take as examples (`createExamples`; docs.langchain.com/langsmith/manage-datasets-programmatically):
 * `inputs`, `outputs` and `metadata`, each an object. `outputs` are those that are expected; what came out is in the metadata.
 */
export const langSmith: DatasetShape = {
  name: 'langsmith',
  line: (example) => ({
    inputs: inObject(example.input, 'input'),
    ...(example.expected !== undefined && { outputs: inObject(example.expected, 'output') }),
    metadata: withOutput(example),
  }),
  read: ({ inputs, outputs, metadata }) =>
    isObject(inputs)
      ? {
          input: outOfObject(inputs, 'input'),
          ...(isObject(outputs) && { expected: outOfObject(outputs, 'output') }),
          ...outOfMetadata(metadata),
        }
      : undefined,
};
