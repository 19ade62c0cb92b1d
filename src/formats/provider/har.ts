import type { SpanOutline, SpanReader, TimeOrigin } from '../../model/index.js';
import { exchangeOf, type Exchange } from './exchange.js';
import { exchangeReader } from './exchange-meaning.js';
import { exceptionIn, outlineExchange } from './exchange-outline.js';
import type { Format } from '../format.js';
import { redactedEntry, withoutSecrets } from './har-redaction.js';
import { asArray, asText, isObject, type JsonObject } from '../../payloads/json-value.js';
import { emptyOutline } from '../outline.js';
import { parseText } from '../parse-text.js';
import { inSteps, momentOf, rowsOf } from '../row.js';
import { SseTranscript } from './sse-transcript.js';

/**
 * HTTP archives, as browsers and proxies save them (HAR 1.2, w3c.github.io/web-performance/specs/HAR): one span for each
 * entry whose bodies are a model's, a trace each; pages, scripts and the like are counted and left out. Times and status
 * are those of the HTTP exchange. Keys, tokens and cookies are taken out of what a span keeps.
 *
 * Told by `log.entries`.
 */
export const har: Format = {
  name: 'har',
  title: 'HTTP archives (HAR) of calls to models',

  detect(value) {
    const first = logOf(value)?.['entries'];
    return (
      Array.isArray(first) &&
      (first.length === 0 || first.some((entry) => isObject(entry) && isObject(entry['request'])))
    );
  },

  *read(value, table) {
    const outline = emptyOutline();
    const entries = asArray(logOf(value)?.['entries']);
    const seen = new Set<string>();
    let others = 0;
    let count = 0;
    yield* inSteps(rowsOf(entries, table), (entry: JsonObject) => {
      count++;
      const exchange = exchangeIn(entry);
      if (!exchange) {
        others++;
        return;
      }
      outlineEntry(entry, exchange, outline, table.origin);
      // A response that was saved twice is two exchanges all the same.
      if (outline.id === '' || seen.has(outline.id)) outline.traceId = outline.id = `entry-${count}`;
      seen.add(outline.id);
      table.add(outline, redactedEntry(entry), reader);
    });
    if (others > 0 && others < count) {
      const message = `${others} of ${count} entries are no calls of a model and were left out.`;
      table.problems.push({ code: 'unreadable-record', message });
    }
  },
};

const logOf = (value: unknown): JsonObject | undefined =>
  isObject(value) && isObject(value['log']) ? value['log'] : undefined;

const partOf = (object: JsonObject, name: string): JsonObject => (isObject(object[name]) ? object[name] : {});

/** The call in an entry. Where the service cannot be told by its bodies it is none. */
function exchangeIn(entry: JsonObject): Exchange | undefined {
  const request = bodyIn(asText(partOf(partOf(entry, 'request'), 'postData')['text']));
  const { text, encoding } = partOf(partOf(entry, 'response'), 'content');
  const response = bodyIn(encoding === 'base64' ? decoded(asText(text)) : asText(text));
  if (request === undefined && response === undefined) return undefined;
  return exchangeOf({ request, response: response instanceof SseTranscript ? response.values : response });
}

/** What a body's text holds; `undefined` for what is neither JSON nor a transcript. */
function bodyIn(text: string): unknown {
  try {
    return /^\s*[[{:a-z\ufeff]/.test(text) ? parseText(text).value : undefined;
  } catch {
    return undefined;
  }
}

function decoded(base64: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
  } catch {
    return '';
  }
}

function urlOf(entry: JsonObject): URL | undefined {
  try {
    return new URL(asText(partOf(entry, 'request')['url']));
  } catch {
    return undefined;
  }
}

/** Whose a service is, by the end of its host's name: OpenTelemetry's words where it has one. */
const HOSTS: readonly (readonly [end: string, provider: string])[] = [
  ['openai.azure.com', 'azure.ai.openai'],
  ['api.openai.com', 'openai'],
  ['api.anthropic.com', 'anthropic'],
  ['generativelanguage.googleapis.com', 'gcp.gemini'],
  ['aiplatform.googleapis.com', 'gcp.vertex_ai'],
  ['api.mistral.ai', 'mistral_ai'],
  ['api.groq.com', 'groq'],
  ['api.deepseek.com', 'deepseek'],
  ['api.x.ai', 'x_ai'],
  ['api.perplexity.ai', 'perplexity'],
  ['openrouter.ai', 'openrouter'],
];

const providerAt = (host: string): string | undefined =>
  /^bedrock-runtime\..*amazonaws\.com$/.test(host)
    ? 'aws.bedrock'
    : HOSTS.find(([end]) => host === end || host.endsWith(`.${end}`) || host.endsWith(`-${end}`))?.[1];

/** Where the model is part of the address: Gemini and Vertex, Bedrock, Azure. */
const MODEL_IN_PATH = /\/(?:models|model|deployments)\/([^/:]+(?::\d+)?)/;

function modelIn(url: URL | undefined): string | undefined {
  const name = url && MODEL_IN_PATH.exec(decodedPath(url.pathname))?.[1];
  return name || undefined;
}

function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function outlineEntry(entry: JsonObject, exchange: Exchange, outline: SpanOutline, origin: TimeOrigin): void {
  const url = urlOf(entry);
  const response = partOf(entry, 'response');
  const { status } = response;
  // The archive's times, not the bodies': a table's first time becomes its origin.
  const start = momentOf(origin, entry['startedDateTime']);
  outlineExchange(exchange, outline, origin);
  outline.start = start;
  outline.end = typeof entry['time'] === 'number' && entry['time'] >= 0 ? start + entry['time'] : NaN;
  outline.timeToFirstToken = exchange.chunks.length ? waited(partOf(entry, 'timings')) : undefined;
  outline.service = url?.host || undefined;
  outline.provider = (url && providerAt(url.hostname)) ?? outline.provider;
  if (outline.model === undefined) {
    outline.model = modelIn(url);
    if (outline.model !== undefined) outline.name += ` ${outline.model}`;
  }
  // 0 stands for an exchange that got no answer.
  if (typeof status !== 'number' || (status > 0 && status < 400)) return;
  outline.status = 'error';
  outline.statusMessage ??= failureOf(response, status);
}

const failureOf = (response: JsonObject, status: number): string =>
  asText(response['_error']) || `HTTP ${status} ${asText(response['statusText'])}`.trim();

/** Milliseconds until the first byte came. Phases that did not apply are -1; `ssl` is part of `connect`. */
function waited(timings: JsonObject): number | undefined {
  const phases = ['blocked', 'dns', 'connect', 'send', 'wait'].map((name) => timings[name]);
  const known = phases.filter((phase) => typeof phase === 'number' && phase > 0) as number[];
  return typeof timings['wait'] === 'number' && known.length ? known.reduce((sum, phase) => sum + phase, 0) : undefined;
}

/** The only headers that are shown: what was sent, and the numbers that a provider's support asks for. */
const SHOWN_HEADER =
  /^(?:content-type|x-request-id|request-id|x-amzn-requestid|apim-request-id|cf-ray|openai-processing-ms)$/i;

function attributesOf(raw: unknown): ReadonlyMap<string, unknown> {
  const attributes = new Map<string, unknown>();
  if (!isObject(raw)) return attributes;
  const put = (name: string, value: unknown): void => {
    if (value !== undefined && value !== null && value !== '') attributes.set(name, value);
  };
  const request = partOf(raw, 'request');
  const response = partOf(raw, 'response');
  put('http.request.method', request['method']);
  put('url.full', withoutSecrets(asText(request['url'])));
  put('http.response.status_code', response['status']);
  put('http.response.status_text', response['statusText']);
  for (const [side, headers] of [
    ['request', request['headers']],
    ['response', response['headers']],
  ] as const) {
    for (const header of asArray(headers).filter(isObject)) {
      const name = asText(header['name']);
      if (SHOWN_HEADER.test(name)) put(`http.${side}.header.${name.toLowerCase()}`, header['value']);
    }
  }
  for (const [phase, time] of Object.entries(partOf(raw, 'timings'))) {
    if (typeof time === 'number' && time >= 0) put(`timings.${phase}`, time);
  }
  put('server.address', raw['serverIPAddress']);
  return attributes;
}

const bodyReader = exchangeReader(har.name, (raw) => (isObject(raw) ? exchangeIn(raw) : undefined), attributesOf);

const reader: SpanReader = {
  ...bodyReader,
  meaning(record, raw) {
    const meaning = bodyReader.meaning(record, raw);
    const exchange = isObject(raw) ? exchangeIn(raw) : undefined;
    const status = isObject(raw) ? partOf(raw, 'response')['status'] : undefined;
    const isFailure = typeof status === 'number' && (status === 0 || status >= 400);
    if (!isObject(raw) || !isFailure || (exchange?.response && exceptionIn(exchange.response))) return meaning;
    return { ...meaning, exceptions: [{ type: String(status), message: failureOf(partOf(raw, 'response'), status) }] };
  },
};
