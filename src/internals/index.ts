/** What went on inside the model: tokens, probabilities, attention, gradients, stages. */
export { packArray, unpackArray, type PackOptions, type ResolvePart, type UnpackedArray } from './arrays.js';
export type * from './internals.js';
export { internalsOfPayload, LOGPROB_FIELDS } from './logprobs/find.js';
export { areInternals, maskedInternals } from './masked-internals.js';
export {
  INTERNALS_ATTRIBUTE,
  mayHaveTokens,
  readInternals,
  type InternalsProblem,
  type ReadInternals,
} from './read.js';
export { gptTokenizer, huggingFaceTokenizer, type TokenPiece, type Tokenizer } from './tokenizers.js';
