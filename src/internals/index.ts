/** What went on inside the model: tokens, probabilities, attention, gradients, stages. */
export {
  packArray,
  packArrayNow,
  unpackArray,
  type PackOptions,
  type ResolvePart,
  type UnpackedArray,
} from './arrays.js';
export { internalsOf } from './files/find.js';
export { headFigures, type HeadFigures } from './head-figures.js';
export type * from './internals.js';
export { internalsOfPayload, LOGPROB_FIELDS } from './logprobs/find.js';
export { areInternals, maskedInternals } from './masked-internals.js';
export {
  INTERNALS_ATTRIBUTE,
  mayHaveSection,
  mayHaveTokens,
  readInternals,
  type InternalsProblem,
  type ReadInternals,
} from './read.js';
export { gptTokenizer, huggingFaceTokenizer, type TokenPiece, type Tokenizer } from './tokenizers.js';
