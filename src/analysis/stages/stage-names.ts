/**
 * The stages of a call, in the order in which they happen. An open list: what is not in it is shown under its own name. Those that
 * HERMES (now MIST, arXiv 2504.09775) names are among them: RAG, KV retrieval, routing, prefill, reasoning, decode.
 */
export const STAGES = [
  'download',
  'compile',
  'load',
  'tokenize',
  'queue',
  'route',
  'rag.embed',
  'rag.retrieve',
  'rerank',
  'kv.retrieve',
  'kv.transfer',
  'first-token',
  'prefill',
  'reason',
  'decode',
  'tool',
  'detokenize',
  'batch',
  'operator',
] as const;

export type KnownStage = (typeof STAGES)[number];

/** What runtimes, servers and simulators call them, in small letters, with spaces between words. */
const ALIASES: ReadonlyMap<string, KnownStage> = new Map<string, KnownStage>([
  ...STAGES.map((stage) => [stage.replace(/[.-]/g, ' '), stage] as const),
  ['compilation', 'compile'],
  ['session initialization', 'compile'],
  ['model loading', 'load'],
  ['model loading array', 'load'],
  ['model loading uri', 'load'],
  ['tokenise', 'tokenize'],
  ['tokenization', 'tokenize'],
  ['queueing', 'queue'],
  ['queuing', 'queue'],
  ['waiting', 'queue'],
  ['scheduling delay', 'queue'],
  ['model routing', 'route'],
  ['routing', 'route'],
  ['embed', 'rag.embed'],
  ['embedding', 'rag.embed'],
  ['rag', 'rag.retrieve'],
  ['retrieve', 'rag.retrieve'],
  ['retrieval', 'rag.retrieve'],
  ['rag retrieval', 'rag.retrieve'],
  ['reranking', 'rerank'],
  ['kv', 'kv.retrieve'],
  ['kv retrieval', 'kv.retrieve'],
  ['kv cache retrieval', 'kv.retrieve'],
  ['kv cache transfer', 'kv.transfer'],
  ['prompt', 'prefill'],
  ['prompt eval', 'prefill'],
  ['prompt processing', 'prefill'],
  ['reasoning', 'reason'],
  ['thinking', 'reason'],
  ['predicted', 'decode'],
  ['generation', 'decode'],
  ['token generation', 'decode'],
  ['decoding', 'decode'],
  ['detokenise', 'detokenize'],
  ['detokenization', 'detokenize'],
]);

const LONGEST_NAME = 40;

/** The stage that a word stands for; `undefined` for a word that is none of the list. */
export const knownStage = (word: string): KnownStage | undefined =>
  word.length > LONGEST_NAME
    ? undefined
    : ALIASES.get(
        word
          .toLowerCase()
          .replace(/[\s._-]+/g, ' ')
          .trim(),
      );

/** Where a stage stands among the others; those that are not known come last. */
export function stagePlace(stage: string): number {
  const place = (STAGES as readonly string[]).indexOf(stage);
  return place < 0 ? STAGES.length : place;
}
