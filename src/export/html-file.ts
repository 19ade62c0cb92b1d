import type { Trace } from '../model/index.js';
import { attributes, escaped } from './markup.js';
import { otlpText } from './otlp.js';
import { providedProgram, scriptIn, type Program } from './program.js';
import type { SlowWork } from './slices.js';

export interface HtmlFileOptions extends SlowWork {
  /** The one-file build, which the file carries with it, with its languages; that of `provideProgram`, where none is given. */
  program?: Program | string;
  /** What the file is called in the browser. The name of the first trace, where nothing is said. */
  title?: string;
  /** Language of the file, as a BCP 47 tag. The file speaks it where the program has it, else English. */
  locale?: string;
  /** Colour scheme: that of whoever opens it, where nothing is said. */
  theme?: 'auto' | 'light' | 'dark';
  /** What the view of the file allows (see `LlmTraceView`). */
  links?: 'off' | 'ask' | 'on';
  media?: 'off' | 'data-only' | 'click';
  content?: 'full' | 'masked';
  /** What is shown when the file is opened, and how, where that is not what a view shows by itself (see `LlmTraceView`). */
  traceId?: string;
  selected?: string;
  view?: string;
  grouped?: boolean;
  scale?: string;
  layout?: string;
}

/** Characters of JSON from which on they are packed. */
const PACKED_FROM = 100_000;

const STYLE = `html,body{height:100%;margin:0}html{color-scheme:light dark}llm-trace-view{height:100%;--llm-view-radius:0px}
noscript{display:block;padding:1em;font-family:sans-serif}@media print{html,body{height:auto}}`;

/** What makes the view show the data. Both are in the file, so it waits for nothing. */
const START = `document.querySelector('llm-trace-view').load(document.getElementById('llm-trace-data').outerHTML).catch(()=>{})`;

/**
 * One HTML file with the view and the traces in it: it opens from disk, without a network, under a policy that allows nothing
 * but its own two scripts, and `readTraces` reads it back to the same spans. Of the resource of a span, the name of the
 * service is kept.
 *
 * Large traces are written in slices.
 *
 * @throws {TypeError} nobody has said where the text of the one-file build is
 * @throws the reason of `signal`, once it is aborted
 */
export async function toHtmlFile(traces: Iterable<Trace>, options: HtmlFileOptions = {}): Promise<string> {
  const list = [...traces];
  const { theme = 'auto', links = 'ask', media = 'click', content = 'full', locale = 'en' } = options;
  const program = inScript(scriptIn(options.program ?? (await providedProgram()), locale));
  const title = options.title ?? (list[0]?.name || 'Trace');
  const [style, script, start] = [new Inline(STYLE), new Inline(program), new Inline(START)];
  const policy = [
    "default-src 'none'",
    `script-src ${await script.source()} ${await start.source()}`,
    `style-src ${await style.source()}`,
    'media-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ].join('; ');
  const { traceId, selected, view: name, grouped, scale, layout } = options;
  const shown = { 'trace-id': traceId, selected, view: name, grouped: grouped ? '' : undefined, scale, layout };
  const view = attributes({ 'open-files': '', theme, links, media, content, ...shown });
  return `<!doctype html>
<html${attributes({ lang: locale })}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="llm-trace-kit">
<title>${escaped(title)}</title>
<style${style.attribute}>${STYLE}</style>
</head>
<body>
<noscript>This file shows a trace with a script that is inside of it. Scripts are switched off here.</noscript>
<llm-trace-view${view}></llm-trace-view>
${await dataBlock(list, options)}
<script${script.attribute}>${program}</script>
<script${start.attribute}>${START}</script>
</body>
</html>
`;
}

async function dataBlock(traces: readonly Trace[], work: SlowWork): Promise<string> {
  const pieces = await otlpText(traces, work);
  const [json = ''] = pieces;
  if (pieces.length === 1 && json.length < PACKED_FROM) {
    // With no “<” in it, nothing can end the block, or begin a comment in it.
    return `<script id="llm-trace-data" type="application/json">${json.replaceAll('<', '\\u003c')}</script>`;
  }
  return `<script id="llm-trace-data" type="application/gzip">${await packed(pieces)}</script>`;
}

async function packed(pieces: string[]): Promise<string> {
  const stream = new Blob(pieces).stream().pipeThrough(new CompressionStream('gzip'));
  return base64Of(new Uint8Array(await new Response(stream).arrayBuffer()));
}

/** Bytes that are encoded at a time: a multiple of three, and no more than a function takes arguments. */
const BYTES = 3 * 8192;

function base64Of(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += BYTES) {
    parts.push(btoa(String.fromCharCode(...bytes.subarray(at, at + BYTES))));
  }
  return parts.join('');
}

/** A program as it can stand in a script element: with what would end the element, and line ends, written otherwise. */
const inScript = (program: string): string =>
  program
    .replace(/\r\n?/g, '\n')
    .replaceAll('\0', '\\x00')
    .replace(/<(?=\/script)/gi, '\\x3c')
    .replaceAll('<!--', '\\x3c!--');

/** A script or a style of the file, as the policy knows it: by its hash; by a random word where the page may not make hashes. */
class Inline {
  /** What its element says. */
  readonly attribute: string;
  readonly #text: string;
  readonly #word: string | undefined;

  constructor(text: string) {
    this.#text = text;
    // Pages of an insecure origin have no `subtle`.
    const canHash = (crypto as { subtle?: SubtleCrypto }).subtle !== undefined;
    this.#word = canHash ? undefined : base64Of(crypto.getRandomValues(new Uint8Array(18)));
    this.attribute = attributes({ nonce: this.#word });
  }

  async source(): Promise<string> {
    if (this.#word !== undefined) return `'nonce-${this.#word}'`;
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(this.#text));
    return `'sha256-${base64Of(new Uint8Array(digest))}'`;
  }
}
