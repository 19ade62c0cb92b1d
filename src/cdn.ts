/** The one-file build: registers every element, and is the global `LlmTraceKit`. */
import './define.js';
export * from './index.js';
