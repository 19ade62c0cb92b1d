import { firstText } from '../../payloads/json-record.js';
import { asArray, asText, isObject, type JsonObject } from '../../payloads/json-value.js';

/** Either a turn, begun by a prompt, or the work of a sub-agent. */
export interface Stretch {
  readonly id: string;
  readonly kind: 'turn' | 'sub-agent';
  /** The line that began it; absent where the file begins later. */
  prompt: JsonObject | undefined;
  /** What happened beside the conversation: commands, hooks, snapshots, summaries of the context. */
  readonly notes: JsonObject[];
  first: JsonObject | undefined;
  last: JsonObject | undefined;
  /** What the model said last. */
  answer: Call | undefined;
  /** The tool call that a sub-agent works for. */
  toolId: string | undefined;
  agentId: string | undefined;
}

/** One call of the model. It writes a line for each block of its answer, all with the same message id. */
export interface Call {
  readonly id: string;
  readonly stretch: Stretch;
  readonly lines: JsonObject[];
  /** The line that it answers. */
  readonly asked: JsonObject | undefined;
}

/** One call of a tool, and its result once there is one. */
export interface ToolUse {
  readonly id: string;
  readonly stretch: Stretch;
  readonly call: JsonObject;
  readonly line: JsonObject;
  result: JsonObject | undefined;
  resultLine: JsonObject | undefined;
}

const newStretch = (id: string, kind: Stretch['kind'], prompt: JsonObject | undefined): Stretch => ({
  id,
  kind,
  prompt,
  notes: [],
  first: prompt,
  last: prompt,
  answer: undefined,
  toolId: undefined,
  agentId: undefined,
});

export const messageOf = (line: JsonObject | undefined): JsonObject =>
  isObject(line?.['message']) ? line['message'] : {};

export const blocksOf = (line: JsonObject): readonly JsonObject[] =>
  asArray(messageOf(line)['content']).filter(isObject);

/** The first words of a line's content. */
export function wordsOf(line: JsonObject | undefined): string {
  const { content } = messageOf(line);
  if (typeof content === 'string') return content;
  const text = asArray(content).find((block) => isObject(block) && block['type'] === 'text');
  return isObject(text) ? asText(text['text']) : '';
}

/** What the program writes into the user's mouth. */
const NO_PROMPT =
  /^\s*(?:<local-command-(?:stdout|stderr|caveat)>|<bash-std(?:out|err)>|\[Request interrupted by user)/;

const isPrompt = (line: JsonObject): boolean =>
  line['type'] === 'user' &&
  line['isMeta'] !== true &&
  line['isCompactSummary'] !== true &&
  !blocksOf(line).some((block) => block['type'] === 'tool_result') &&
  !NO_PROMPT.test(wordsOf(line));

/** The lines of one session, put in order. */
export class ClaudeSession {
  readonly id: string;
  readonly stretches: Stretch[] = [];
  readonly calls: Call[] = [];
  readonly tools = new Map<string, ToolUse>();
  /** Lines before the first prompt. */
  readonly notes: JsonObject[] = [];
  readonly lines = new Map<string, JsonObject>();
  title: string | undefined;
  first: JsonObject | undefined;
  last: JsonObject | undefined;
  readonly #stretchOf = new Map<string, Stretch>();
  readonly #agents = new Map<string, Stretch>();
  readonly #callsById = new Map<string, Call>();
  readonly #toolOfAgent = new Map<string, string>();
  #turn: Stretch | undefined;

  constructor(id: string) {
    this.id = id;
  }

  callOf(line: JsonObject): Call | undefined {
    return this.#callsById.get(callId(line));
  }

  add(line: JsonObject): void {
    const uuid = asText(line['uuid']);
    // A session that is taken up again repeats its lines.
    if (uuid !== '' && this.lines.has(uuid)) return;
    const stretch = this.#place(line);
    if (uuid !== '') {
      this.lines.set(uuid, line);
      if (stretch) this.#stretchOf.set(uuid, stretch);
    }
    if (line['timestamp'] !== undefined) {
      this.first ??= line;
      this.last = line;
      if (stretch) {
        stretch.first ??= line;
        stretch.last = line;
      }
    }
    const { toolUseResult: result, data } = line;
    if (isObject(data) && typeof data['agentId'] === 'string') {
      this.#toolOfAgent.set(data['agentId'], asText(line['parentToolUseID']));
    }
    if (line['type'] === 'assistant' && stretch) this.#addAnswer(line, stretch);
    else if (line['type'] === 'user' && stretch) {
      const results = blocksOf(line).filter((block) => block['type'] === 'tool_result');
      for (const block of results) this.#addResult(block, line);
      const agentId = isObject(result) ? asText(result['agentId']) : '';
      if (agentId !== '') this.#toolOfAgent.set(agentId, asText(results[0]?.['tool_use_id']));
      if (!results.length && stretch.prompt !== line) stretch.notes.push(line);
    } else (stretch?.notes ?? this.notes).push(line);
  }

  /** The turn or the sub-agent that a line belongs to. */
  #place(line: JsonObject): Stretch | undefined {
    const parent = this.#stretchOf.get(asText(line['parentUuid']));
    if (line['isSidechain'] === true) {
      const agentId = asText(line['agentId']);
      const known = agentId === '' ? parent : this.#agents.get(agentId);
      if (known?.kind === 'sub-agent') return known;
      const stretch = newStretch(
        agentId === '' ? asText(line['uuid']) : `agent-${agentId}`,
        'sub-agent',
        isPrompt(line) ? line : undefined,
      );
      stretch.agentId = agentId || undefined;
      if (agentId !== '') this.#agents.set(agentId, stretch);
      this.stretches.push(stretch);
      return stretch;
    }
    const isTalk = line['type'] === 'user' || line['type'] === 'assistant';
    // A file may begin in the middle: with an answer, or with the summary of what went before.
    if (isPrompt(line) || (isTalk && !this.#turn && !parent && line['isMeta'] !== true)) {
      this.#turn = newStretch(asText(line['uuid']), 'turn', line['type'] === 'user' ? line : undefined);
      this.stretches.push(this.#turn);
      return this.#turn;
    }
    return parent ?? this.#turn;
  }

  #addAnswer(line: JsonObject, stretch: Stretch): void {
    const id = callId(line);
    let call = this.#callsById.get(id);
    if (!call) {
      call = { id, stretch, lines: [], asked: this.lines.get(asText(line['parentUuid'])) };
      this.#callsById.set(id, call);
      this.calls.push(call);
    }
    call.lines.push(line);
    stretch.answer = call;
    for (const block of blocksOf(line)) {
      const toolId = asText(block['id']);
      if (block['type'] !== 'tool_use' || toolId === '' || this.tools.has(toolId)) continue;
      this.tools.set(toolId, { id: toolId, stretch, call: block, line, result: undefined, resultLine: undefined });
    }
  }

  #addResult(result: JsonObject, line: JsonObject): void {
    const tool = this.tools.get(asText(result['tool_use_id']));
    if (!tool || tool.result) return;
    tool.result = result;
    tool.resultLine = line;
  }

  /**
   * Finds the call that each sub-agent works for: by the agent's id, which newer versions write beside the result, else
   * by the prompt, which is the call's argument.
   */
  link(): void {
    const byPrompt = new Map<string, ToolUse[]>();
    for (const tool of this.tools.values()) {
      const prompt = isObject(tool.call['input']) ? asText(tool.call['input']['prompt']) : '';
      if (prompt === '') continue;
      const same = byPrompt.get(prompt);
      if (same) same.push(tool);
      else byPrompt.set(prompt, [tool]);
    }
    for (const same of byPrompt.values()) same.reverse();
    for (const stretch of this.stretches) {
      if (stretch.kind !== 'sub-agent') continue;
      const byId = stretch.agentId === undefined ? undefined : this.#toolOfAgent.get(stretch.agentId);
      stretch.toolId =
        byId !== undefined && this.tools.has(byId) ? byId : byPrompt.get(wordsOf(stretch.prompt))?.pop()?.id;
    }
  }
}

const callId = (line: JsonObject): string => firstText(messageOf(line), 'id') ?? asText(line['uuid']);
