/** Spans as examples of datasets, for other tools. */
export type { ChatMessage, ChatPart } from './chat-messages.js';
export { readDataset, toDataset, type Dataset } from './dataset.js';
export { datasetExamples, type Conversation, type DatasetExample, type ExampleOptions } from './dataset-example.js';
export type { DatasetShape } from './dataset-shape.js';
export { datasetShapes } from './registry.js';
