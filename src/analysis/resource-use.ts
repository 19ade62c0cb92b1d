import type { Trace } from '../model/index.js';

/** What a run takes of its machine: parts of all processors, or of a GPU, from 0 to 1; or memory in bytes. */
export const RESOURCES = ['cpu', 'memory', 'gpu', 'gpuMemory'] as const;

export type Resource = (typeof RESOURCES)[number];

/** The most that a trace states of each. What it does not state is absent. */
export type ResourceUse = Readonly<Partial<Record<Resource, number>>>;

/** What a name of an attribute tells, and in which unit: `share` from 0 to 1, `percent` from 0 to 100, or bytes. */
interface Stated {
  readonly resource: Resource;
  readonly unit: 'share' | 'percent' | 'bytes';
}

/**
 * Traces have no words of their own for it. Recorders write the names of OpenTelemetry's metrics (docs/system and
 * docs/hardware of its semantic conventions) as attributes of spans; AgentOps states its machine as a resource (agentops/semconv/resource.py).
 */
const STATED: ReadonlyMap<string, Stated> = new Map([
  ['process.cpu.utilization', { resource: 'cpu', unit: 'share' }],
  ['system.cpu.utilization', { resource: 'cpu', unit: 'share' }],
  ['cpu.percent', { resource: 'cpu', unit: 'percent' }],
  ['process.memory.usage', { resource: 'memory', unit: 'bytes' }],
  ['system.memory.usage', { resource: 'memory', unit: 'bytes' }],
  ['memory.used', { resource: 'memory', unit: 'bytes' }],
  ['hw.gpu.utilization', { resource: 'gpu', unit: 'share' }],
  ['hw.gpu.memory.usage', { resource: 'gpuMemory', unit: 'bytes' }],
]);

/** Spans whose attributes are read where the first few state something. */
const MOST_READ = 20;
const FIRST_READ = 5;

/** The most that a trace says it took of its machine; absent where it says nothing. Reads its first spans. */
export function resourceUse(trace: Trace): ResourceUse | undefined {
  let use: Partial<Record<Resource, number>> | undefined;
  const count = Math.min(MOST_READ, trace.spans.length);
  for (let position = 0; position < count; position++) {
    if (position === FIRST_READ && !use) return undefined;
    const { attributes, resource } = trace.spanAt(position);
    for (const said of [attributes, resource]) {
      for (const [name, stated] of STATED) {
        const amount = said.size > 0 ? amountOf(said.get(name), stated) : undefined;
        if (amount === undefined) continue;
        use ??= {};
        use[stated.resource] = Math.max(use[stated.resource] ?? 0, amount);
      }
    }
  }
  return use;
}

/** `undefined` for what is no amount of that unit. */
function amountOf(value: unknown, { unit }: Stated): number | undefined {
  if (typeof value !== 'number' || !(value >= 0) || value === Infinity) return undefined;
  if (unit === 'bytes') return value;
  const share = unit === 'percent' ? value / 100 : value;
  return share <= 1 ? share : undefined;
}
