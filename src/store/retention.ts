import type { Backend } from './backend.js';

/** What is kept. The oldest traces go first. */
export interface Retention {
  days: number;
  /** How many traces. */
  traces: number;
  /** Characters of JSON in all. */
  size: number;
}

const DAY = 86_400_000;

/** Deletes what is older, more, or larger than is kept. Gives the ids of what went. */
export async function enforceRetention(backend: Backend, { days, traces, size }: Retention): Promise<string[]> {
  const usage = await backend.usage();
  const keepFrom = Date.now() - days * DAY;
  const gone: string[] = [];
  for await (const { id, start, size: itsSize } of backend.oldest()) {
    if (start >= keepFrom && usage.traces <= traces && usage.size <= size) break;
    gone.push(id);
    usage.traces--;
    usage.size -= itsSize;
  }
  if (gone.length) await backend.delete(gone);
  return gone;
}
