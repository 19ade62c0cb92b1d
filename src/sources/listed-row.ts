import type { ListedTrace } from '../analysis/index.js';
import { previewOf, type Payload, type Usage } from '../model/index.js';

/** A JSON object of a backend. Its keys are data: named ones are read only. */
export type Row = Readonly<Record<string, unknown>>;

export const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object below a name; an empty one where there is none. */
export function rowIn(row: Row, name: string): Row {
  const value = row[name];
  return isRow(value) ? value : {};
}

/** The objects of a list below a name. What is no object is left out. */
export function rowsIn(row: unknown, name: string): readonly Row[] {
  const list = isRow(row) ? row[name] : undefined;
  return Array.isArray(list) ? (list as unknown[]).filter(isRow) : [];
}

/** A text that is not empty, or a number as a text. */
export function textIn(row: Row, name: string): string | undefined {
  const value = row[name];
  return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined;
}

/** A number, or a text that is one; an amount is never below 0. */
export function amountIn(row: Row, name: string): number | undefined {
  const value = row[name];
  const number = typeof value === 'number' ? value : typeof value === 'string' && value !== '' ? Number(value) : NaN;
  return Number.isFinite(number) && number >= 0 ? number : undefined;
}

/** Milliseconds since the epoch of an ISO 8601 text; without a zone it is UTC. Beyond milliseconds it keeps fractions. */
export function momentIn(row: Row, name: string): number | undefined {
  const text = row[name];
  if (typeof text !== 'string') return undefined;
  const [, whole, fraction = '', zone = 'Z'] =
    /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:?\d\d)?$/.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const millis = Date.parse(`${whole.replace(' ', 'T')}${zone.replace(/^(...)(\d\d)$/, '$1:$2')}`);
  return Number.isNaN(millis) ? undefined : millis + Number(`0.${fraction || '0'}`) * 1000;
}

export function textsIn(row: Row, name: string): readonly string[] {
  const list = row[name];
  return Array.isArray(list) ? (list as unknown[]).filter((item) => typeof item === 'string') : [];
}

/** Token counts of which at least one is known. */
export function usageOf(input?: number, output?: number, total?: number): Usage | undefined {
  if (input === undefined && output === undefined && total === undefined) return undefined;
  return {
    ...(input !== undefined && { input }),
    ...(output !== undefined && { output }),
    ...(total !== undefined && { total }),
  };
}

/** What is known of a trace; `undefined` is not known. */
type Known = {
  [Fact in keyof ListedTrace]?: ListedTrace[Fact] | undefined;
} & { id: string; input?: unknown };

/** A trace of a list. What is not known is left out, or what stands for it in a list. */
export function listedRow({ input, ...known }: Known): ListedTrace {
  const facts = Object.entries({ preview: previewOf(input as Payload | undefined), ...known });
  return {
    name: '',
    start: 0,
    duration: 0,
    spanCount: 0,
    status: 'unset',
    errorCount: 0,
    isRunning: false,
    ...(Object.fromEntries(facts.filter(([, value]) => value !== undefined)) as Pick<ListedTrace, 'id'>),
  };
}
