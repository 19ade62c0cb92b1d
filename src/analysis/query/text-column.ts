import type { Trace } from '../../model/index.js';

/** The texts that the spans of a trace have for one fact, each once. */
export interface TextColumn {
  /** By position in the tree: the place in `texts`, and one more; 0 for a span without one. */
  readonly codes: Uint32Array;
  readonly texts: readonly string[];
  /** How many spans have each text. */
  readonly counts: readonly number[];
}

const known = new WeakMap<Trace, Map<string, TextColumn>>();

/** @param name what the column is known by: it is made when it is first asked for */
export function textColumn(
  trace: Trace,
  name: string,
  textsOf: (trace: Trace) => (position: number) => string | undefined,
): TextColumn {
  let columns = known.get(trace);
  if (!columns) known.set(trace, (columns = new Map<string, TextColumn>()));
  let column = columns.get(name);
  if (!column) columns.set(name, (column = columnOf(trace.spans.length, textsOf(trace))));
  return column;
}

function columnOf(length: number, textOf: (position: number) => string | undefined): TextColumn {
  const codes = new Uint32Array(length);
  const texts: string[] = [];
  const counts: number[] = [];
  const places = new Map<string, number>();
  for (let position = 0; position < length; position++) {
    const text = textOf(position);
    if (text === undefined || text === '') continue;
    let code = places.get(text);
    if (code === undefined) {
      texts.push(text);
      counts.push(0);
      code = texts.length;
      places.set(text, code);
    }
    codes[position] = code;
    counts[code - 1]!++;
  }
  return { codes, texts, counts };
}
