import { toolSpansOf, type MessageEntry, type RunConversation } from '../../analysis/index.js';
import { sameValue, Span, type ToolCallPart, type ToolResultPart, type Trace } from '../../model/index.js';

/** What became of a tool call: the span of the tool, and what it gave back. */
export interface CallResult {
  readonly span: Span | undefined;
  readonly result: ToolResultPart | undefined;
}

/** Finds what became of tool calls, as they come into sight: a result that a later call was told, or that of the tool's span. */
export class CallResults {
  readonly conversation: RunConversation;
  readonly #spans = new Map<MessageEntry, ReadonlyMap<ToolCallPart, Span>>();
  readonly #known = new Map<ToolCallPart, CallResult>();

  constructor(conversation: RunConversation) {
    this.conversation = conversation;
  }

  of(call: ToolCallPart, entry: MessageEntry): CallResult {
    let found = this.#known.get(call);
    const told = this.conversation.results.get(call);
    if (found && (found.result || !told)) return found;
    const span = this.#spansOf(entry).get(call);
    found = { span, result: told ? named(told, call) : span && resultOf(span, call) };
    this.#known.set(call, found);
    return found;
  }

  #spansOf(entry: MessageEntry): ReadonlyMap<ToolCallPart, Span> {
    let spans = this.#spans.get(entry);
    if (!spans) this.#spans.set(entry, (spans = toolsOf(entry, this.conversation.trace)));
    return spans;
  }
}

/** The spans of the tools that a message asks for. The messages of its span are read anew: calls are told by what they say. */
function toolsOf({ message, position }: MessageEntry, trace: Trace): ReadonlyMap<ToolCallPart, Span> {
  const own = new Set(message.parts.filter((part) => part.type === 'tool-call'));
  const spans = new Map<ToolCallPart, Span>();
  for (const [call, span] of toolSpansOf(new Span(trace, position))) {
    if (span.kind !== 'tool') continue;
    for (const candidate of own) {
      if (candidate.id !== call.id || candidate.name !== call.name) continue;
      if (!sameValue(candidate.arguments, call.arguments)) continue;
      spans.set(candidate, span);
      own.delete(candidate);
      break;
    }
  }
  return spans;
}

const named = (result: ToolResultPart, { name }: ToolCallPart): ToolResultPart =>
  result.name === undefined ? { ...result, name } : result;

/** What a tool's span gave back; `undefined` where it states nothing. */
function resultOf(span: Span, { name }: ToolCallPart): ToolResultPart | undefined {
  const isError = span.status === 'error';
  const result = span.output ?? (isError ? span.statusMessage : undefined);
  return result === undefined ? undefined : { type: 'tool-result', name, result, isError };
}
