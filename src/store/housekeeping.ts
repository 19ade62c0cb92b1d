import type { Archive } from './archive.js';

/** What is kept. The oldest traces go first. */
export interface Retention {
  days: number;
  /** How many traces. */
  traces: number;
  /** Characters of JSON in all. */
  size: number;
}

const DEFAULT_RETENTION: Retention = { days: 7, traces: 1000, size: 50_000_000 };
const DAY = 86_400_000;
const RETENTION_EVERY = 60_000;

/** A store, as keeping house sees it. */
export interface House {
  readonly retention: Partial<Retention> | undefined;
  /** Traces are gone. */
  tell(traceIds: readonly string[]): void;
  /** When retention is looked after next, on the clock of `performance.now()`. */
  retentionAt?: number;
  isBusy?: boolean;
  /** Whether deleting old traces did not help the last time: then somebody else fills the disk. */
  isCrowded?: boolean;
}

/**
 * Puts together the chunks of traces that have ended, and deletes what is no longer kept, where it is time for that.
 *
 * @param finished traces whose root has ended since they were last looked after
 */
export async function keepHouse(archive: Archive, house: House, finished: Set<string>): Promise<void> {
  if (house.isBusy) return;
  house.isBusy = true;
  try {
    if (performance.now() >= (house.retentionAt ?? 0)) {
      house.retentionAt = performance.now() + RETENTION_EVERY;
      await enforceRetention(archive, house, { ...DEFAULT_RETENTION, ...house.retention });
    }
    for (const id of finished) {
      finished.delete(id);
      await archive.compact(id);
    }
  } finally {
    house.isBusy = false;
  }
}

/** Deletes the oldest fifth, once until something could be written again. */
export async function makeRoom(archive: Archive, house: House): Promise<void> {
  if (house.isCrowded) return;
  house.isCrowded = true;
  const weights = await archive.weights();
  const size = weights.reduce((total, weight) => total + weight.size, 0) * 0.8;
  await enforceRetention(archive, house, { days: Infinity, traces: Math.floor(weights.length * 0.8), size });
}

/** Deletes what is older, more, or larger than is kept. */
async function enforceRetention(archive: Archive, house: House, { days, traces, size }: Retention): Promise<void> {
  const weights = await archive.weights();
  const keepFrom = Date.now() - days * DAY;
  let [count, sum] = [weights.length, weights.reduce((total, weight) => total + weight.size, 0)];
  const gone: string[] = [];
  for (const weight of weights) {
    if (weight.start >= keepFrom && count <= traces && sum <= size) break;
    gone.push(weight.id);
    count--;
    sum -= weight.size;
  }
  if (gone.length === 0) return;
  await archive.delete(gone);
  house.tell(gone);
}
