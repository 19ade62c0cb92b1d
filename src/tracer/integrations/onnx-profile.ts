import type { InternalsOperator } from '../../internals/index.js';

/** A session that was opened with `enableProfiling: true`. */
export interface ProfiledSession {
  endProfiling(): void;
}

/** What is kept of profiles of ONNX Runtime. */
export interface Profiles {
  /**
   * Ends the profile of a session, and gives its operators in the order in which they ran. Times are in milliseconds from the
   * beginning of the first run, or of the span that `after` says the first run began after.
   *
   * @param after milliseconds from the start of the span to that of the first run
   */
  end(session: ProfiledSession, after?: number): InternalsOperator[];
  /** Gives the page its console back. */
  stop(): void;
}

/** Operators of one profile. */
const MOST_OPERATORS = 100_000;

/** An event of a Chrome trace, as ONNX Runtime writes it. Times are microseconds. */
interface ProfileEvent {
  readonly cat?: unknown;
  readonly name?: unknown;
  readonly ts?: unknown;
  readonly dur?: unknown;
  readonly args?: { readonly op_name?: string; readonly output_size?: unknown; readonly output_type_shape?: unknown };
}

/**
 * Keeps what ONNX Runtime writes of its profiles. In a page it prints them to the console, and it holds on to the console's
 * function as it is when the runtime starts: call this before the first session is opened. While a profile ends nothing else is
 * printed.
 *
 * Profiling makes each run slower, and the runtime keeps a million events at the most: for finding faults, not for users.
 */
export function keepProfiles(): Profiles {
  const before = console.log;
  let lines: string[] | undefined;
  const ours = (...words: unknown[]): void => {
    if (lines) lines.push(words.join(' '));
    else Reflect.apply(before, console, words);
  };
  console.log = ours;
  return {
    end(session, after = 0) {
      lines = [];
      try {
        session.endProfiling();
        return operatorsOf(lines.join('\n'), after);
      } finally {
        lines = undefined;
      }
    },
    stop() {
      if (console.log === ours) console.log = before;
    },
  };
}

/** Layers have numbers in the names of their nodes. */
const LAYER = /(?:^|[./_])(?:layers?|h|blocks?)[./_](\d+)(?:[./_]|$)/;

function operatorsOf(text: string, after: number): InternalsOperator[] {
  let events: unknown;
  try {
    events = JSON.parse(text);
  } catch {
    throw new Error(
      'The runtime gave no profile: it was started before `keepProfiles()`, or without `enableProfiling`.',
    );
  }
  const all = (Array.isArray(events) ? events : []) as ProfileEvent[];
  const first = all.find(({ name }) => name === 'model_run');
  const nodes = all.filter(({ cat, name }) => cat === 'Node' && String(name).endsWith('_kernel_time'));
  const origin = Number(first?.ts ?? nodes[0]?.ts ?? 0);
  return nodes
    .map((node) => operatorOf(node, origin, after))
    .sort((one, other) => one.start - other.start)
    .slice(0, MOST_OPERATORS);
}

function operatorOf({ name, ts, dur, args }: ProfileEvent, origin: number, after: number): InternalsOperator {
  const node = String(name).replace(/_kernel_time$/, '');
  const layer = LAYER.exec(node)?.[1];
  const shapes = args?.output_type_shape;
  const bytes = Number(args?.output_size);
  return {
    name: node,
    op: args?.op_name ?? '',
    ...(layer !== undefined && { layer: Number(layer) }),
    start: after + (Number(ts) - origin) / 1000,
    // The runtime's clock in WebKit steps back at times.
    dur: Math.max(0, Number(dur) / 1000),
    ...(Array.isArray(shapes) && { shape: shapes.flatMap((one: object) => Object.values(one) as number[][]) }),
    ...(Number.isFinite(bytes) && { bytes }),
  };
}
