import { listedTrace } from '../analysis/index.js';
import type { Trace } from '../model/index.js';
import { SourceAccess } from './access.js';
import type {
  PageRequest,
  SourceOptions,
  SourceRequest,
  TraceFilter,
  TracePage,
  TraceQuery,
  TraceSource,
} from './source.js';

/**
 * An address that gives traces in any format that `readTraces` knows: OTLP as JSON, JSON Lines or protobuf, or another. The
 * address of the next page is in the header `Link`, with `rel="next"` (RFC 8288); such a page may be anywhere on the same
 * origin. It filters nothing, and a trace is found by going through the pages.
 *
 * A trace must be on one page whole: what comes of it on another page is another row of the list.
 */
export function addressSource(options: SourceOptions): TraceSource {
  return new AddressSource(options);
}

class AddressSource implements TraceSource {
  readonly title: string;
  readonly filters: ReadonlySet<TraceFilter> = new Set();
  readonly #options: SourceOptions;

  constructor(options: SourceOptions) {
    this.#options = options;
    this.title = options.url;
  }

  async list(_query: TraceQuery, { cursor, signal }: PageRequest = {}): Promise<TracePage> {
    const { traces, next } = await this.#page(cursor, signal);
    return { traces: traces.map(listedTrace), cursor: next };
  }

  async trace(id: string, { signal }: SourceRequest = {}): Promise<Trace | undefined> {
    const seen = new Set<string | undefined>();
    let cursor: string | undefined;
    do {
      const { traces, next } = await this.#page(cursor, signal);
      const found = traces.find((trace) => trace.id === id);
      if (found) return found;
      seen.add(cursor);
      cursor = next;
    } while (cursor !== undefined && !seen.has(cursor));
    return undefined;
  }

  async #page(
    cursor: string | undefined,
    signal: AbortSignal | undefined,
  ): Promise<{ traces: Trace[]; next: string | undefined }> {
    const access = new SourceAccess(cursor === undefined ? this.#options : { ...this.#options, url: cursor }, this);
    const response = await access.response('', {
      signal,
      isNextPage: cursor !== undefined,
      headers: { accept: '*/*' },
    });
    const next = nextOf(response.headers.get('link'), access.urlOf(''));
    return { traces: await access.read('', response, signal), next };
  }
}

/** The address of the next page. Headers of the page do not go to another origin. */
function nextOf(link: string | null, from: URL): string | undefined {
  for (const [, address = '', parameters = ''] of (link ?? '').matchAll(/<([^>]*)>((?:\s*;[^,<]*)*)/g)) {
    if (!/;\s*rel\s*=\s*"?(?:[^"]*\s)?next(?:\s[^"]*)?"?\s*(?:;|$)/i.test(parameters)) continue;
    const url = URL.canParse(address, from) ? new URL(address, from) : undefined;
    return url?.origin === from.origin && url.href !== from.href ? url.href : undefined;
  }
  return undefined;
}
