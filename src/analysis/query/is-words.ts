import type { Known } from './field.js';

/** What a span can be, by its times and its place in the tree. */
export const IS_WORDS: ReadonlyMap<string, Known> = new Map<string, Known>([
  [
    'running',
    {
      summary: 'has begun and not ended',
      outline: (trace) => {
        const { starts, ends } = trace.table;
        return (position) => {
          const row = trace.rowAt(position);
          return Number.isNaN(ends[row]!) && !Number.isNaN(starts[row]!);
        };
      },
    },
  ],
  [
    'root',
    {
      summary: 'has no parent in the trace',
      outline:
        ({ tree }) =>
        (position) =>
          tree.parent[position]! < 0,
    },
  ],
  [
    'leaf',
    {
      summary: 'has no children',
      outline:
        ({ tree }) =>
        (position) =>
          tree.childCount[position] === 0,
    },
  ],
  [
    'orphan',
    {
      summary: 'names a parent that is not in the trace, or that is inside it',
      outline: (trace) => (position) =>
        trace.tree.parent[position]! < 0 && trace.table.parentIds.at(trace.rowAt(position)) !== '',
    },
  ],
]);
