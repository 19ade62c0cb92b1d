import { inObject, isObject, outOfMetadata, outOfObject, withOutput, type DatasetShape } from './dataset-shape.js';

/**
 * What Phoenix's clients take as examples (`create_dataset(examples=…)`, `createDataset`; Arize-ai/phoenix): `input`, `output`
 * and `metadata`, each an object. `output` is the one that is expected; what came out is in the metadata.
 */
export const phoenix: DatasetShape = {
  name: 'phoenix',
  line: (example) => ({
    input: inObject(example.input, 'input'),
    // Phoenix wants an object here, though it may be empty.
    output: example.expected === undefined ? {} : inObject(example.expected, 'output'),
    metadata: withOutput(example),
  }),
  read: ({ input, output, metadata }) =>
    isObject(input)
      ? {
          input: outOfObject(input, 'input'),
          ...(isObject(output) && Object.keys(output).length > 0 && { expected: outOfObject(output, 'output') }),
          ...outOfMetadata(metadata),
        }
      : undefined,
};
