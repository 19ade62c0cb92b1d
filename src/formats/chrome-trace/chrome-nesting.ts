import { textOrJson } from '../../payloads/json-record.js';
import { asText } from '../../payloads/json-value.js';
import type { ChromeSlices, FlowPoint, Lane, Slice } from './chrome-slices.js';

/** Half a nanosecond: what a sum of two fractions of microseconds may be off. */
const TOLERANCE = 0.0005;

const endOf = ({ end }: Slice): number => (Number.isNaN(end) ? Infinity : end);

/** Finds the parent of each slice of a thread, and the slice of each flow event. Returns the flow events. */
export function nest(slices: ChromeSlices): FlowPoint[] {
  const flows: FlowPoint[] = [];
  for (const lane of slices.lanes.values()) {
    nestLane(lane);
    for (const flow of lane.flows) flows.push(flow);
  }
  return flows;
}

/** One sweep over the times of a thread, with the slices that are open at each. */
function nestLane({ slices, flows }: Lane): void {
  // Of two that begin at once, the longer one is outside.
  slices.sort((one, other) => one.start - other.start || compare(endOf(other), endOf(one)) || one.index - other.index);
  flows.sort((one, other) => one.time - other.time);
  const open: Slice[] = [];
  const waiting: FlowPoint[] = [];
  const bind = (flow: FlowPoint): void => {
    while (open.length && endOf(open.at(-1)!) < flow.time) open.pop();
    const enclosing = open.at(-1);
    if (enclosing) flow.slice = enclosing;
    // An arrow ends at the next slice, unless it says that it is bound to the enclosing one (`"bp": "e"`).
    const wantsNext = flow.event['ph'] === 'f' && flow.event['bp'] !== 'e' && enclosing?.start !== flow.time;
    if (wantsNext || !enclosing) waiting.push(flow);
  };
  let next = 0;
  for (const slice of slices) {
    while (next < flows.length && flows[next]!.time < slice.start) bind(flows[next++]!);
    for (let flow = waiting.pop(); flow; flow = waiting.pop()) flow.slice = slice;
    while (open.length && !contains(open.at(-1)!, slice)) open.pop();
    const parent = open.at(-1);
    if (parent) slice.parent = parent;
    open.push(slice);
  }
  while (next < flows.length) bind(flows[next++]!);
}

const compare = (one: number, other: number): number => (one === other ? 0 : one < other ? -1 : 1);

/** Slices that only overlap, which the format forbids, stand beside each other. */
function contains(outer: Slice, inner: Slice): boolean {
  return endOf(outer) > inner.start && endOf(outer) + TOLERANCE >= endOf(inner);
}

/**
 * Links each slice at which an arrow arrives with the one that it comes from.
 *
 * @returns how many flow events are part of no link
 */
export function linkFlows(flows: readonly FlowPoint[]): number {
  const arrows = new Map<string, FlowPoint[]>();
  for (const flow of flows) {
    const { cat, name, id, bind_id: bindId } = flow.event;
    const key = textOrJson([cat, name, id ?? bindId]);
    const arrow = arrows.get(key);
    if (arrow) arrow.push(flow);
    else arrows.set(key, [flow]);
  }
  let unbound = 0;
  for (const arrow of arrows.values()) {
    arrow.sort((one, other) => one.time - other.time);
    let from: Slice | undefined;
    let isLinked = false;
    for (const { event, slice } of arrow) {
      if (!slice) {
        unbound++;
        continue;
      }
      const phase = asText(event['ph']);
      if (phase !== 's' && from && from !== slice) {
        const { cat, name, id } = event;
        const attributes = new Map(Object.entries({ cat, name, id }).filter(([, value]) => value !== undefined));
        (slice.links ??= []).push({ traceId: '', spanId: String(from.index), attributes });
        isLinked = true;
      }
      from = phase === 'f' ? undefined : slice;
    }
    if (!isLinked) unbound += arrow.filter(({ slice }) => slice).length;
  }
  return unbound;
}
