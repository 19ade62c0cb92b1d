import type { Message, SpanKind } from '../../model/index.js';
import { callParameters } from '../../payloads/call-parameters.js';
import { firstText, isRecord, type JsonRecord } from '../../payloads/json-record.js';
import { langChain } from '../../payloads/langchain.js';
import { messageFields, retrieved, usageInOutputs } from '../../payloads/langchain-io.js';
import { textMessage } from '../../payloads/chat-message.js';
import { toolDefinitions } from '../../payloads/tools.js';
import type { SpanOptions, TracerSpan } from '../tracer-span.js';
import { ChunkTimes } from './chunk-times.js';
import { jsonCopy } from './json-copy.js';
import { providerName } from './provider-name.js';
import { recordFailure } from './record-failure.js';

/** What LangChain tells of every run that begins. */
export interface RunStart {
  kind: SpanKind;
  /** The serialised object that runs. */
  serialized: unknown;
  runName: string | undefined;
  tags: readonly string[] | undefined;
  metadata: unknown;
}

/** What the metadata of a run call the session and the person (LangSmith's names for them). */
const SESSION = ['session_id', 'thread_id', 'conversation_id'] as const;

/** What every span is begun with. */
export function runOptions({ kind, tags, metadata }: RunStart): SpanOptions {
  const said = isRecord(metadata) ? metadata : {};
  const sessionId = firstText(said, ...SESSION);
  const userId = firstText(said, 'user_id');
  return {
    kind,
    ...(tags?.length && { tags }),
    ...(Object.keys(said).length > 0 && { metadata: said }),
    ...(sessionId !== undefined && { sessionId }),
    ...(userId !== undefined && { userId }),
  };
}

/** What a run is called: as the application says, else as the object that runs, or by its class. */
export function nameOf({ runName, serialized, kind }: RunStart): string {
  const { id, name } = isRecord(serialized) ? serialized : {};
  const names = [runName, name, Array.isArray(id) ? (id as unknown[]).at(-1) : undefined];
  return names.find((text): text is string => typeof text === 'string' && text !== '') ?? kind;
}

/** A run of LangChain that goes on. What it is told at its end is told to its span, which is ended by who tells. */
export class Run {
  readonly span: TracerSpan;
  /** The outermost run that it is in. */
  readonly root: Run;
  /** When something was heard last of any run in it (`performance.now()`), where it is the outermost. */
  heard = 0;

  constructor(span: TracerSpan, parent: Run | undefined) {
    this.span = span;
    this.root = parent?.root ?? this;
  }

  /** Whether it does something itself that may take as long as it likes. */
  isBusy(): boolean {
    return false;
  }

  failed(error: unknown): void {
    if (!isRecord(error) || error['is_bubble_up'] !== true) recordFailure(this.span, error);
    else this.#interrupted(error);
  }

  /** LangGraph throws what is no failure: to stop for a person, or to tell the graph above where to go. */
  #interrupted(error: JsonRecord): void {
    const name = firstText(error, 'name') ?? 'GraphBubbleUp';
    const told = error['interrupts'] ?? error['command'] ?? error['reason'];
    this.span.addEvent(name, told === undefined ? undefined : { value: told });
    if (Array.isArray(error['interrupts'])) this.span.setAttributes({ 'llm_trace.end_reason': 'interrupted' });
  }

  ended(output: unknown): void {
    this.span.setOutput(output);
  }

  /** Nobody reads on what it gives. */
  left(): void {
    this.span.setAttributes({ 'llm_trace.end_reason': 'unread' });
  }
}

/** A call of a tool or a retriever. */
export class LeafRun extends Run {
  override isBusy(): boolean {
    return true;
  }
}

/** What LangChain tells of a call of a model that begins. */
export interface ModelStart {
  prompts: unknown;
  extra: unknown;
  metadata: unknown;
  runName: string | undefined;
}

/** A call of a model. */
export class ModelRun extends Run {
  readonly #asked: readonly Message[];
  readonly #times = new ChunkTimes();
  /** Whether its answer comes in pieces. */
  isStreamed = false;

  constructor(span: TracerSpan, parent: Run | undefined, { prompts, extra, metadata, runName }: ModelStart) {
    super(span, parent);
    const input = jsonCopy(prompts);
    this.#asked = askedIn(input);
    const said = isRecord(metadata) ? metadata : {};
    const given = isRecord(extra) ? extra['invocation_params'] : undefined;
    const request = isRecord(given) ? given : {};
    const model = firstText(said, 'ls_model_name') ?? firstText(request, 'model', 'model_name', 'modelName');
    const provider = providerName(said['ls_provider']);
    const parameters = callParameters(request);
    const tools = toolDefinitions(request['tools']);
    span
      .update({
        input: input ?? prompts,
        messages: this.#asked,
        // Bundlers rename classes.
        ...(model !== undefined && { model, ...(!runName && { name: `chat ${model}` }) }),
        ...(provider !== undefined && { provider }),
        ...(parameters && { parameters }),
        ...(tools.length > 0 && { tools }),
      })
      .setAttributes({
        'gen_ai.operation.name': 'chat',
        ...(model !== undefined && { 'gen_ai.request.model': model }),
        ...(request['stream'] === true && { 'gen_ai.request.stream': true }),
      });
  }

  override isBusy(): boolean {
    return !this.isStreamed;
  }

  /** A piece of the answer. */
  chunk(isFilled: boolean): void {
    this.isStreamed = true;
    if (isFilled) this.#times.add(performance.now());
  }

  answered(result: unknown): void {
    const output = jsonCopy(result);
    const answer = isRecord(output) ? output : {};
    const messages = langChain.messages(answer, 'output') ?? [];
    const usage = usageInOutputs({ ...answer, llm_output: answer['llmOutput'] });
    const finishReasons = messages.flatMap(({ finishReason }) => finishReason ?? []);
    const about = responseOf(answer);
    const model = firstText(about, 'model_name', 'model');
    const id = firstText(about, 'id');
    this.#times.tell(this.span, usage?.output);
    this.span
      .update({
        output: output ?? result,
        ...(messages.length > 0 && { messages: [...this.#asked, ...messages] }),
        ...(usage && { usage }),
        ...(model !== undefined && { model }),
      })
      .setAttributes({
        ...(model !== undefined && { 'gen_ai.response.model': model }),
        ...(id !== undefined && { 'gen_ai.response.id': id }),
        ...(finishReasons.length > 0 && { 'gen_ai.response.finish_reasons': finishReasons }),
        ...(!usage && { 'llm_trace.usage_missing': true }),
      });
  }

  override failed(error: unknown): void {
    this.#times.tell(this.span, undefined);
    super.failed(error);
  }

  override left(): void {
    this.#times.tell(this.span, undefined);
    super.left();
  }
}

/** Lists of messages, or prompts that are texts. */
function askedIn(prompts: unknown): Message[] {
  const list = Array.isArray(prompts) ? (prompts as unknown[]) : [];
  if (list.every((prompt) => typeof prompt === 'string')) {
    return list.map((prompt) => textMessage('user', 'input', prompt));
  }
  return langChain.messages(list, 'input') ?? [];
}

/** What the first answer says of itself. */
function responseOf({ generations }: JsonRecord): JsonRecord {
  const [first] = Array.isArray(generations) ? (generations as unknown[]).flat() : [];
  const fields = isRecord(first) ? messageFields(first['message']) : {};
  const metadata = isRecord(fields['response_metadata']) ? fields['response_metadata'] : {};
  return { id: fields['id'], ...metadata };
}

/** What a tool gave, without the message around it where that says nothing more. */
export function toolOutput(output: unknown): unknown {
  const fields = messageFields(jsonCopy(output));
  const { content, artifact } = fields;
  return content === undefined || artifact !== undefined ? output : content;
}

export const documentsIn = (documents: unknown): ReturnType<typeof retrieved> => retrieved(jsonCopy(documents));
