import type { Archive } from './archive.js';

/** What a store takes up, and how much room there is. */
export interface StoreRoom {
  traces: number;
  /** Characters of JSON. */
  size: number;
  /** Bytes of everything that the origin keeps, as the browser estimates them. */
  used?: number;
  /** Bytes that the origin may keep, as the browser estimates them. */
  available?: number;
  /** Whether the browser has promised not to delete it by itself. */
  isPersistent: boolean;
}

export async function roomOf(archive: Archive): Promise<StoreRoom> {
  const weights = await archive.weights();
  // Pages that are not secure have no storage manager, and private windows may refuse an answer.
  const storage = navigator.storage as StorageManager | undefined;
  const [estimate, isPersistent] = await Promise.all([
    storage?.estimate().catch(() => undefined),
    storage?.persisted().catch(() => false),
  ]);
  return {
    traces: weights.length,
    size: weights.reduce((sum, { size }) => sum + size, 0),
    ...(estimate?.usage !== undefined && { used: estimate.usage }),
    ...(estimate?.quota !== undefined && { available: estimate.quota }),
    isPersistent: isPersistent ?? false,
  };
}

export async function persist(): Promise<boolean> {
  const storage = navigator.storage as Partial<StorageManager> | undefined;
  return (await storage?.persist?.().catch(() => false)) ?? false;
}
