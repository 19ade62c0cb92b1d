/** The one-file build: registers every element, and is the global `LlmTraceKit`. */
import './define.js';
import { provideProgram } from './export/program.js';
import { registerLanguage, type Messages } from './i18n/index.js';

/** The function around this script (demo/vite.config.mjs). An engine knows the text of each function. */
declare const llmTraceKitProgram: (() => void) | undefined;

const languages = new Map<string, string>();

if (typeof llmTraceKitProgram === 'function') {
  provideProgram(() => ({ program: `(${String(llmTraceKitProgram)})()`, languages: Object.fromEntries(languages) }));
}

/**
 * What the scripts beside this one do, one a language (`de.js`).
 *
 * @param script the text of the script, which HTML files in this language carry with them
 * @internal
 */
export function addLanguage(messages: Messages, script: string): void {
  languages.set(messages.locale.toLowerCase(), script);
  registerLanguage(messages);
}

export { keepInUrl } from './elements/keep-in-url.js';
export * from './index.js';
