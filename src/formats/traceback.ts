import type { SpanException } from '../model/index.js';

const PYTHON_STACK = 'Traceback (most recent call last)';
/** The line of a Python traceback that says what was raised, as in `openai.RateLimitError: Slow down`. */
const RAISED = /^([A-Za-z_][\w.]{0,200})(?:: (.*))?$/;
/** Python's `repr` of what was raised, as in `ValueError('no such tool')`. */
const REPRESENTED = /^([A-Za-z_][\w.]{0,200})\((.*)\)$/;
/** Classes of errors say that they are. A sentence may begin with a word and a colon as well (`Note: …`). */
const CLASS_NAME = /(?:Error|Exception|Interrupt|Exit|Warning|Timeout|Failure)$/;

const namesClass = (line: string): boolean => CLASS_NAME.test(RAISED.exec(line)?.[1] ?? '');

/**
 * What was thrown, from the text that a tracer made of it: Python's traceback, whose last line at the margin says it;
 * the `repr` that LangChain puts before it; or JavaScript's `error.stack`, whose first line says it, and before which
 * LangChain for JavaScript puts the message and an empty line.
 */
export function thrown(text: string): SpanException {
  const repeated = repeatedStack(text);
  if (repeated) return repeated;
  const hasPythonStack = text.includes(PYTHON_STACK);
  const lines = text.trim().split('\n');
  const first = lines[0]!.split(PYTHON_STACK, 1)[0]!.trim();
  // A message of several lines may have words at the margin that look like a class.
  const raised = hasPythonStack
    ? (lines.findLast(namesClass) ?? lines.findLast((line) => RAISED.test(line)))
    : undefined;
  const [, type, message] = RAISED.exec(raised ?? first) ?? REPRESENTED.exec(first) ?? [];
  const isNamed = type !== undefined && (raised !== undefined || CLASS_NAME.test(type));
  return {
    message: (isNamed ? message?.replace(/^(['"])(.*)\1,?$/, '$2') || type : first) || text.trim(),
    ...(isNamed && { type }),
    ...(lines.length > 1 && { stacktrace: text }),
  };
}

/** What LangChain for JavaScript writes: the message, an empty line, and a stack that begins with the message again. */
function repeatedStack(text: string): SpanException | undefined {
  const head = text.slice(0, Math.max(0, text.search(/\n\s+at /)));
  const end = head.lastIndexOf('\n\n');
  if (end <= 0) return undefined;
  const message = head.slice(0, end);
  const again = head.slice(end + 2);
  const type = again.endsWith(`: ${message}`) ? again.slice(0, -message.length - 2) : '';
  return /^[A-Za-z_$][\w.$]*$/.test(type) ? { type, message, stacktrace: text.slice(end + 2) } : undefined;
}
