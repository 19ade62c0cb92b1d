import type { Span } from '../../../model/index.js';
import type { StageReader } from '../stage-reader.js';
import type { MeasuredBy } from '../stage-record.js';

/** Attributes that say when the first part of the answer was there, and who took the time (OpenTelemetry's GenAI conventions). */
const FIRST: readonly (readonly [name: string, measuredBy: MeasuredBy])[] = [
  ['gen_ai.response.time_to_first_chunk', 'client'],
  ['gen_ai.client.operation.time_to_first_chunk', 'client'],
  ['gen_ai.server.time_to_first_token', 'server'],
];

const toldBy = ({ attributes }: Span): readonly [from: string, measuredBy: MeasuredBy] =>
  FIRST.find(([name]) => attributes.has(name)) ?? ['time to first token', 'unknown'];

/** Whether what recorded the call has measured its stages too: then this would be said twice. */
const hasOwnStages = ({ internals }: Span): boolean =>
  internals?.stages?.measured_at === 'client' && internals.stages.events.length > 0;

/**
 * What any streamed call has: when its first part came, and when it was over. What was done before the first part (network, queue,
 * prefill) cannot be told apart.
 */
export const outlineStages: StageReader = {
  read(span) {
    const { timeToFirstToken: first, duration } = span;
    if (first === undefined || first < 0) return undefined;
    const [from, measuredBy] = toldBy(span);
    if (measuredBy === 'unknown' && hasOwnStages(span)) return undefined;
    const isWhole = duration !== undefined && duration >= first;
    // A server's clock says nothing of when a call was over for the client.
    const isOneClock = measuredBy !== 'server';
    const reasoning = span.usage?.reasoning ?? 0;
    return {
      from,
      measuredBy,
      stages: [
        { stage: 'first-token', start: 0, end: first },
        ...(isWhole && isOneClock ? [{ stage: 'decode', start: first, end: duration }] : []),
      ],
      stated: [
        ['ttft', first, from],
        ['e2e', isWhole && isOneClock ? duration : undefined, 'duration'],
      ],
      // Tokens of a hidden thought are counted, and came before the first part: no mean is to be had of them.
      ...(reasoning === 0 && { tokensOut: span.usage?.output }),
    };
  },
};
