import { sameValue, type Span, type ToolCallPart } from '../model/index.js';

/** Spans that are passed on the way, and of those of tools, how many are read. */
const MOST_PASSED = 2000;
const MOST_READ = 50;

/** Where a tool's span names the call that it is for: OpenTelemetry (gen-ai-spans.md, execute tool), the AI SDK, OpenInference. */
const CALL_IDS = ['gen_ai.tool.call.id', 'ai.toolCall.id', 'tool_call.id'];

/**
 * The spans in which there are results of the tool calls that a model call asked for: the tool's own span, else the next model
 * call, if it was told the result. By ids where both have one; a span without one is that of the first call of its name.
 *
 * Reads a bounded number of spans.
 */
export function toolSpansOf(span: Span): ReadonlyMap<ToolCallPart, Span> {
  const found = new Map<ToolCallPart, Span>();
  const calls = span.messages
    .filter(({ origin }) => origin === 'output')
    .flatMap(({ parts }) => parts.filter((part) => part.type === 'tool-call'));
  if (!calls.length) return found;
  const { tools, next } = after(span);
  for (const tool of tools) {
    const call = calls.find((candidate) => !found.has(candidate) && isCallOf(tool, candidate));
    if (call) found.set(call, tool);
  }
  const left = calls.filter((call) => call.id !== undefined && !found.has(call));
  if (!next || !left.length) return found;
  const told = new Set(
    next.messages.flatMap(({ parts }) => parts.map((part) => (part.type === 'tool-result' ? part.id : undefined))),
  );
  for (const call of left) if (told.has(call.id)) found.set(call, next);
  return found;
}

/** What comes behind a model call: the spans of tools up to the next model call that is not part of a tool's work. */
function after({ index, trace }: Span): { tools: readonly Span[]; next?: Span } {
  const { kinds } = trace.table;
  const { size } = trace.tree;
  const tools: Span[] = [];
  for (let at = index + 1, passed = 0; at < size.length && passed < MOST_PASSED; passed++) {
    const kind = kinds[trace.rowAt(at)];
    if (kind === 'llm') return { tools, next: trace.spanAt(at) };
    if (kind === 'tool' && tools.length < MOST_READ) tools.push(trace.spanAt(at));
    at += kind === 'tool' ? size[at]! : 1;
  }
  return { tools };
}

function isCallOf(tool: Span, call: ToolCallPart): boolean {
  const { id, name } = call;
  const stated = CALL_IDS.map((key) => tool.attributes.get(key)).find((value) => typeof value === 'string');
  if (stated !== undefined && id !== undefined) return stated === id;
  // “execute_tool get_weather”, “running tool: get_weather”
  const isNamed =
    tool.label === name || tool.name === name || (name !== '' && tool.name.split(/[\s:()[\]]+/).includes(name));
  return isNamed && !hasOtherArguments(tool, call);
}

/** Whether a tool was given the arguments that are named in a call, but with other values. */
function hasOtherArguments(tool: Span, { arguments: given }: ToolCallPart): boolean {
  const wrapper = tool.input as { input?: unknown } | null | undefined;
  const isWrapped = typeof wrapper === 'object' && wrapper !== null && Object.keys(wrapper).join() === 'input';
  const taken: unknown = isWrapped ? wrapper.input : wrapper;
  if (typeof taken !== 'object' || typeof given !== 'object' || taken === null || given === null) return false;
  const keys = Object.keys(taken);
  const hasSameKeys = keys.length === Object.keys(given).length && keys.every((key) => Object.hasOwn(given, key));
  return hasSameKeys && !sameValue(taken, given);
}
