/** The one-file build: registers every element, and is the global `LlmTraceKit`. */
import './define.js';
import { provideProgram } from './export/program.js';

/** The function around this script (demo/vite.config.mjs). An engine knows the text of each function. */
declare const llmTraceKitProgram: (() => void) | undefined;

if (typeof llmTraceKitProgram === 'function') provideProgram(() => `(${String(llmTraceKitProgram)})()`);

export { keepInUrl } from './elements/keep-in-url.js';
export * from './index.js';
