import type { JsonObject } from '../../payloads/json-value.js';
import { withLeadingZeros } from '../micros.js';
import { normalisedId } from '../span-ids.js';
import { serviceOf, sideOf } from './zipkin-span.js';

/** The records of one span: a client's, and a server's that joined it. */
interface Sides {
  hasClient: boolean;
  hasServer: boolean;
  clientService: string | undefined;
  serverService: string | undefined;
}

interface Ids {
  traceId: string;
  id: string;
  parentId: string;
}

/**
 * Ids of Zipkin spans. Client and server may report under one id (openzipkin/b3-propagation, "sharing span IDs"). The
 * client's record keeps the id; the server's becomes `<id>#server` below it, and what ran in the server is below that. A
 * third record, as late data leaves them, becomes `<id>#local`. Nothing is merged, so that both clocks stay visible.
 *
 * A trace id that lost its left 16 digits on the way (zipkin's `strictTraceId=false`) is that of the whole one.
 */
export class ZipkinIds {
  readonly #sides = new Map<string, Sides>();
  readonly #wholeIds = new Map<string, string>();

  constructor(spans: readonly JsonObject[]) {
    for (const span of spans) {
      const traceId = idOf(span['traceId']);
      if (traceId.length === 32) this.#wholeIds.set(traceId.slice(16), traceId);
    }
    for (const span of spans) {
      const key = `${this.#traceId(span)} ${idOf(span['id'])}`;
      let sides = this.#sides.get(key);
      if (!sides) {
        sides = { hasClient: false, hasServer: false, clientService: undefined, serverService: undefined };
        this.#sides.set(key, sides);
      }
      const side = sideOf(span);
      if (side === 'client') {
        sides.hasClient = true;
        sides.clientService ??= serviceOf(span);
      } else if (side === 'server') {
        sides.hasServer = true;
        sides.serverService ??= serviceOf(span);
      }
    }
  }

  of(span: JsonObject): Ids {
    const traceId = this.#traceId(span);
    const id = idOf(span['id']);
    const sides = this.#sides.get(`${traceId} ${id}`);
    const side = sideOf(span);
    if (side === 'server' && sides?.hasClient) return { traceId, id: `${id}#server`, parentId: id };
    if (side === 'local' && (sides?.hasClient || sides?.hasServer)) {
      return { traceId, id: `${id}#local`, parentId: id };
    }
    const parentId = idOf(span['parentId']);
    const above = this.#sides.get(`${traceId} ${parentId}`);
    const isBelowServer = above?.hasClient && above.hasServer && !isOfClient(serviceOf(span), above);
    return { traceId, id, parentId: isBelowServer ? `${parentId}#server` : parentId };
  }

  #traceId(span: JsonObject): string {
    const traceId = idOf(span['traceId']);
    return this.#wholeIds.get(traceId) ?? traceId;
  }
}

const idOf = (value: unknown): string => withLeadingZeros(normalisedId(value));

const isOfClient = (service: string | undefined, { clientService, serverService }: Sides): boolean =>
  service !== undefined && service === clientService && service !== serverService;
