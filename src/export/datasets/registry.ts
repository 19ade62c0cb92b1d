import type { DatasetShape } from './dataset-shape.js';
import { langSmith } from './langsmith.js';
import { openAiEvalItems } from './openai-eval-items.js';
import { openAiEvals } from './openai-evals.js';
import { phoenix } from './phoenix.js';

/** The shapes of datasets, by name. Open: a page may add its own. */
export const datasetShapes: DatasetShape[] = [openAiEvals, openAiEvalItems, langSmith, phoenix];
