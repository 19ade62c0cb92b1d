import { answerTimeStages } from './readers/answer-times.js';
import { chunkEventStages } from './readers/chunk-events.js';
import { llamaCppStages } from './readers/llama-cpp.js';
import { ollamaStages } from './readers/ollama.js';
import { outlineStages } from './readers/outline.js';
import { statedStages } from './readers/stated.js';
import { vllmStages } from './readers/vllm.js';
import { webLlmStages } from './readers/web-llm.js';
import type { StageReader } from './stage-reader.js';

/** Every way in which spans tell of their stages, in the order in which they are shown. */
export const stageReaders: readonly StageReader[] = [
  statedStages,
  outlineStages,
  chunkEventStages,
  vllmStages,
  llamaCppStages,
  ollamaStages,
  answerTimeStages,
  webLlmStages,
];
