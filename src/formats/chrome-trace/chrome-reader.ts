import { interpret } from '../../conventions/index.js';
import type { SpanEvent, SpanLink, SpanReader } from '../../model/index.js';
import { argumentsOf, eventsOfRaw, isMoment, laneKey, type ChromeMetadata } from './chrome-slices.js';
import { asNumber } from '../../conventions/convention.js';
import { asText, isObject, type JsonObject } from '../../payloads/json-value.js';
import { fieldsOf } from '../row.js';

/** Fields that are shown as something else than an attribute. */
const SHOWN = new Set(['name', 'ph', 'ts', 'dur', 'args']);

/** Readers of the spans of a file, one a thread. */
export class ChromeReaders {
  readonly #format: string;
  readonly #metadata: ChromeMetadata;
  /** Milliseconds since the epoch at which the clock of the file began. */
  readonly #begin: number;
  readonly #readers = new Map<string, SpanReader>();
  readonly #links = new WeakMap<object, readonly SpanLink[]>();

  constructor(format: string, metadata: ChromeMetadata, begin: number) {
    this.#format = format;
    this.#metadata = metadata;
    this.#begin = begin;
  }

  /** Links are found in other records than the span's own. */
  setLinks(raw: object, links: readonly SpanLink[]): void {
    this.#links.set(raw, links);
  }

  of(event: JsonObject = {}): SpanReader {
    const key = laneKey(event);
    let reader = this.#readers.get(key);
    if (!reader) this.#readers.set(key, (reader = this.#readerOf(event)));
    return reader;
  }

  #readerOf(event: JsonObject): SpanReader {
    const resource = this.#metadata.of(event);
    return {
      format: this.#format,
      record: (raw) => {
        const events = eventsOfRaw(raw);
        return {
          attributes: new Map([...fieldsOf(events[0] ?? {}, SHOWN), ...argumentsOf(events)]),
          events: events.filter(isMoment).map((moment) => this.#eventOf(moment)),
          links: (isObject(raw) ? this.#links.get(raw) : undefined) ?? [],
          resource,
          scope: {},
        };
      },
      meaning: interpret,
    };
  }

  #eventOf(event: JsonObject): SpanEvent {
    const time = asNumber(event['ts']);
    return {
      name: asText(event['name']),
      attributes: new Map(Object.entries(isObject(event['args']) ? event['args'] : {})),
      ...(time !== undefined && { time: this.#begin + time / 1000 }),
    };
  }
}
