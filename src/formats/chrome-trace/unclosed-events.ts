import type { TraceProblem } from '../../model/index.js';
import { endOfString } from '../long-integers.js';

/** A list of events at the top, or in `traceEvents`, whose first event has a phase. */
const EVENTS = /^\s*(\{\s*"traceEvents"\s*:\s*)?\[\s*\{[^{}[\]]*"ph"\s*:\s*"/;
/** The pattern looks no further than this for the phase. */
const HEAD = 4096;

/**
 * A list of Chrome trace events without its end, closed behind its last whole event. The format allows a writer to leave
 * the end out, so that a program that crashes leaves a file that can be read; such a file may also stop within an event.
 * No other text is touched: half of any other document would be taken for the whole. `undefined` where it is none.
 */
export function closeEvents(text: string): { text: string; problems: TraceProblem[] } | undefined {
  const start = EVENTS.exec(text.slice(0, HEAD));
  if (!start) return undefined;
  const isWrapped = start[1] !== undefined;
  const depthOfList = isWrapped ? 2 : 1;
  let depth = 0;
  let end = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 34 /* " */) at = endOfString(text, at);
    else if (code === 123 /* { */ || code === 91 /* [ */) depth++;
    else if (code === 125 /* } */ || code === 93 /* ] */) {
      depth--;
      if (depth === depthOfList) end = at + 1;
      // The list has its end: what is wrong is something else.
      if (depth < depthOfList) return undefined;
    }
  }
  if (end === 0) return undefined;
  const rest = text.slice(end).trim();
  const problems: TraceProblem[] =
    rest === '' || rest === ','
      ? []
      : [
          {
            code: 'unreadable-record',
            message: `The list of events stops within one, after ${rest.length} characters of it. That one was left out.`,
          },
        ];
  return { text: `${text.slice(0, end)}${isWrapped ? ']}' : ']'}`, problems };
}
