import type { TraceDocument } from '../model/index.js';

/** Where the documents of a reranker come from and where they go. Places are from 0; `undefined` for a document that is only on one side. */
export interface RankMoves {
  /** For each document that was given, its place among those that came back. */
  readonly to: readonly (number | undefined)[];
  /** For each document that came back, its place among those that were given. */
  readonly from: readonly (number | undefined)[];
}

/**
 * Matches what a reranker was given with what it gave back: by the id where both sides state it, else by the text. A
 * document that stands there twice is matched in order. An id that is no id of the other side may be a place there, as
 * rerankers answer with places.
 */
export function rankMoves(given: readonly TraceDocument[], returned: readonly TraceDocument[]): RankMoves {
  const to = new Array<number | undefined>(given.length).fill(undefined);
  const from = new Array<number | undefined>(returned.length).fill(undefined);
  const pair = (of: (document: TraceDocument) => string | undefined): void => {
    const places = new Map<string, number[]>();
    given.forEach((document, place) => {
      const key = of(document);
      if (key === undefined || to[place] !== undefined) return;
      const known = places.get(key);
      if (known) known.push(place);
      else places.set(key, [place]);
    });
    for (const known of places.values()) known.reverse();
    returned.forEach((document, place) => {
      const key = of(document);
      if (key === undefined || from[place] !== undefined) return;
      const source = places.get(key)?.pop();
      if (source === undefined) return;
      from[place] = source;
      to[source] = place;
    });
  };
  pair(({ id }) => id);
  pair(({ content }) => content);
  returned.forEach(({ id }, place) => {
    if (from[place] !== undefined || id === undefined || !/^\d{1,6}$/.test(id)) return;
    const source = Number(id);
    if (source >= given.length || to[source] !== undefined || given[source]!.id !== undefined) return;
    from[place] = source;
    to[source] = place;
  });
  return { to, from };
}
