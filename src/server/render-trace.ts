import { render } from '@lit-labs/ssr';
import { collectResultSync } from '@lit-labs/ssr/lib/render-result.js';
import type { PriceSource } from '../analysis/index.js';
import { maskTraces, tracesToOtlp } from '../export/index.js';
import { attributes } from '../export/markup.js';
import { readTraces } from '../formats/index.js';
import { en, inTimeZone, type Messages } from '../i18n/index.js';
import { renderServed } from './served-view.js';
import { servedStyles } from './served-view.styles.js';

export interface ServedTraceOptions {
  /**
   * Attributes of the tag, as they are written in a page: `{ theme: 'dark', style: 'height: 400px' }`. With `src` the view loads the
   * trace from there; without it the trace is written into the page. Of `trace-id`, `content`, `hide` and `time-zone` (UTC, where
   * nothing is said) the served form takes account too.
   */
  attributes?: Readonly<Record<string, string>>;
  /** How many spans are written as rows, the first ones; 200 where nothing is said. The view shows all. */
  rows?: number;
  /** The words, English where nothing is said. The view takes those of the closest `lang`. */
  messages?: Messages;
  /** Knows what calls cost, where the trace does not state it. */
  prices?: PriceSource;
  /** For the `<style>` of the served form, where the policy of the page asks for one. */
  nonce?: string;
}

const ROWS = 200;

/** Names of attributes, without those that hold scripts. */
const NAME = /^(?!on)[a-z][a-z0-9-]*$/;

/** What Lit leaves in a page for code that goes on with it. Nothing does: the view makes its own. */
const MARKS = /<!--\/?lit-[^>]*-->|<\?>/g;

/** Ends of lines: with none in it, the HTML can stand in Markdown. */
const LINE_ENDS = /\s*\n\s*/g;

/**
 * `<llm-trace-view>` as HTML, with a declarative shadow root in which summary and first spans of a trace can be read: by people
 * whose browser runs no script, by search engines, and by everybody until the kit is loaded. Then the view takes the place of
 * what was served, once it has read the trace.
 *
 * Needs `@lit-labs/ssr`, which the application installs.
 *
 * @param input anything that `readTraces` takes
 * @throws what `readTraces` throws; a `TypeError` for a name that is none of an attribute, or of one that holds a script
 */
export async function renderTrace(input: unknown, options: ServedTraceOptions = {}): Promise<string> {
  const { attributes: given = {}, rows = ROWS, messages = en, prices, nonce } = options;
  const wrong = Object.keys(given).find((name) => !NAME.test(name));
  if (wrong !== undefined) throw new TypeError(`An attribute cannot be called “${wrong}”.`);
  const read = await readTraces(input);
  const isMasked = given['content'] !== undefined && given['content'] !== 'full';
  const traces = isMasked ? (await maskTraces(read)).traces : read;
  const trace = traces.find(({ id }) => id === given['trace-id']) ?? traces[0];
  const hidden = new Set(given['hide']?.split(/\s+/));
  const look = { messages: inTimeZone(messages, given['time-zone'] ?? 'UTC'), prices, rows, hidden };
  const served = trace
    ? collectResultSync(render(renderServed(trace, look)))
        .replace(MARKS, '')
        .replace(LINE_ENDS, ' ')
    : '';
  // With no “<” in it, nothing can end the script, or begin a comment in it.
  const data = given['src'] === undefined && JSON.stringify(tracesToOtlp(traces)).replaceAll('<', '\\u003c');
  return `<llm-trace-view${attributes(given)}><template shadowrootmode="open"><style${attributes({ nonce })}>${servedStyles}</style>${served}</template>${
    data ? `<script type="application/json">${data}</script>` : ''
  }</llm-trace-view>`;
}
