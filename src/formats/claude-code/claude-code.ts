import type { SpanOutline, SpanTable } from '../../model/index.js';
import { firstText } from '../../payloads/json-record.js';
import { usageOf } from '../../payloads/usage.js';
import {
  answerOf,
  callReader,
  FORMAT,
  isFailed,
  rawOfCall,
  rawOfStretch,
  rawOfTool,
  sessionReader,
  stretchReader,
  textOf,
  toolReader,
} from './claude-code-meaning.js';
import { ClaudeSession, wordsOf, type Call, type Stretch, type ToolUse } from './claude-code-session.js';
import type { Format } from '../format.js';
import { asText, isObject, type JsonObject } from '../../payloads/json-value.js';
import { emptyOutline } from '../outline.js';
import { clearOutline, inSteps, momentOf, rowsOf } from '../row.js';

/** How many lines of another kind (summaries, snapshots) may stand before the first that tells. */
const LOOK_AHEAD = 200;

const isLine = (line: unknown): boolean =>
  isObject(line) &&
  (line['type'] === 'user' || line['type'] === 'assistant') &&
  isObject(line['message']) &&
  typeof line['sessionId'] === 'string' &&
  typeof line['uuid'] === 'string';

/**
 * Session files of Claude Code (`~/.claude/projects/…/<session>.jsonl`, and those of its sub-agents): a span for the
 * session, in it one for each turn, and in those the calls of the model and of tools; a sub-agent stands in the call that
 * started it.
 *
 * Told by lines of type `user` or `assistant` with a message, `uuid` and `sessionId`. The format has no specification;
 * sources: alicoding/claude-parser, docs/JSONL-STRUCTURE.md; Huntehhh/claude-code-chat, docs/claude-cli-jsonl-format.md.
 * A line states one moment, when it was written. So a call of the model is taken to begin with the line that it answers, and
 * a call of a tool to end with the line that holds its result. Written from these descriptions; tested on no real file.
 */
export const claudeCode: Format = {
  name: FORMAT,
  title: 'Claude Code sessions',

  detect(value) {
    return (Array.isArray(value) ? (value as unknown[]).slice(0, LOOK_AHEAD) : [value]).some(isLine);
  },

  *read(value, table) {
    const writer = new SessionWriter(table);
    for (const session of sessionsIn(rowsOf(Array.isArray(value) ? (value as unknown[]) : [value], table))) {
      yield* writer.write(session);
    }
  },
};

/** The sessions of a file. A line that names none belongs to the one above it, or to the first. */
function sessionsIn(lines: Iterable<JsonObject>): ClaudeSession[] {
  const sessions = new Map<string, ClaudeSession>();
  let early: JsonObject[] = [];
  const titles: JsonObject[] = [];
  let current: ClaudeSession | undefined;
  for (const line of lines) {
    const id = asText(line['sessionId']);
    if (id !== '') {
      current = sessions.get(id);
      if (!current) sessions.set(id, (current = new ClaudeSession(id)));
    }
    if (titleIn(line) !== undefined) titles.push(line);
    early.push(line);
    if (!current) continue;
    for (const held of early) current.add(held);
    early = [];
  }
  const all = [...sessions.values()];
  for (const line of titles) {
    const leaf = asText(line['leafUuid']);
    const id = asText(line['sessionId']);
    // A summary may be of an earlier session, whose last line it names.
    const session =
      sessions.get(id) ?? all.find(({ lines: own }) => own.has(leaf)) ?? (all.length === 1 ? all[0] : undefined);
    if (session) session.title = titleIn(line);
  }
  for (const session of all) session.link();
  return all;
}

const TITLES: ReadonlySet<unknown> = new Set(['summary', 'custom-title', 'ai-title']);

const titleIn = (line: JsonObject): string | undefined =>
  TITLES.has(line['type']) ? firstText(line, 'customTitle', 'aiTitle', 'title', 'summary') : undefined;

/** Longer prompts make no names. */
const LONGEST_NAME = 80;

function nameOf(text: string): string {
  const line = text.trim().split('\n', 1)[0] ?? '';
  return line.length > LONGEST_NAME ? `${line.slice(0, LONGEST_NAME)}…` : line;
}

/** Puts the spans of sessions into a table. */
class SessionWriter {
  readonly #table: SpanTable;
  readonly #outline: SpanOutline = emptyOutline();

  constructor(table: SpanTable) {
    this.#table = table;
  }

  *write(session: ClaudeSession): Generator<number, void> {
    this.#session(session);
    yield* inSteps(session.stretches, (stretch) => this.#stretch(session, stretch));
    yield* inSteps(session.calls, (call) => this.#call(session, call));
    yield* inSteps(session.tools.values(), (tool) => this.#tool(session, tool));
  }

  #begin(session: ClaudeSession, id: string, parentId: string): SpanOutline {
    const outline = clearOutline(this.#outline);
    outline.traceId = session.id;
    outline.id = id;
    outline.parentId = parentId;
    return outline;
  }

  #timeOf(line: JsonObject | undefined): number {
    return momentOf(this.#table.origin, line?.['timestamp']);
  }

  #session(session: ClaudeSession): void {
    const outline = this.#begin(session, session.id, '');
    const { first, title } = session;
    outline.kind = 'agent';
    outline.name = title ?? 'Claude Code session';
    outline.start = this.#timeOf(first);
    outline.end = this.#timeOf(session.last);
    outline.sessionId = session.id;
    outline.service = 'claude-code';
    const about = ['cwd', 'gitBranch', 'version', 'entrypoint', 'slug'].filter((name) => first?.[name] !== undefined);
    if (about.length) outline.metadata = Object.fromEntries(about.map((name) => [name, first?.[name]]));
    this.#table.add(
      outline,
      { sessionId: session.id, ...(title !== undefined && { title }), notes: session.notes },
      sessionReader(session),
    );
    if (title !== undefined) this.#table.facts(session.id).name = title;
  }

  #stretch(session: ClaudeSession, stretch: Stretch): void {
    const tool = stretch.toolId === undefined ? undefined : session.tools.get(stretch.toolId);
    const outline = this.#begin(session, stretch.id, tool?.id ?? session.id);
    const input = isObject(tool?.call['input']) ? tool.call['input'] : {};
    outline.kind = 'agent';
    outline.name =
      stretch.kind === 'turn'
        ? nameOf(wordsOf(stretch.prompt)) || 'turn'
        : (firstText(input, 'subagent_type') ?? 'sub-agent');
    outline.label = stretch.kind === 'sub-agent' ? firstText(input, 'description') : undefined;
    outline.start = this.#timeOf(stretch.first);
    outline.end = this.#timeOf(stretch.last);
    this.#table.add(outline, rawOfStretch(stretch), stretchReader(stretch));
  }

  #call(session: ClaudeSession, call: Call): void {
    const outline = this.#begin(session, call.id, call.stretch.id);
    const last = call.lines.at(-1);
    const answer = answerOf(call);
    const model = firstText(answer, 'model');
    outline.kind = 'llm';
    outline.provider = 'anthropic';
    // What the program says in the model's place (an error, an interruption) has no model.
    outline.model = model === '<synthetic>' ? undefined : model;
    outline.name = outline.model === undefined ? 'chat' : `chat ${outline.model}`;
    outline.end = this.#timeOf(last);
    const stated = last?.['durationMs'];
    const asked = this.#timeOf(call.asked);
    // Versions before 1.0.10 or so stated duration and cost.
    outline.start =
      typeof stated === 'number' ? outline.end - stated : Number.isNaN(asked) ? this.#timeOf(call.lines[0]) : asked;
    outline.cost = typeof last?.['costUSD'] === 'number' ? last['costUSD'] : undefined;
    outline.usage = outline.model === undefined ? undefined : usageOf(answer);
    if (isFailed(call)) {
      outline.status = 'error';
      outline.statusMessage = wordsOf(last) || undefined;
    } else if (answer['stop_reason']) outline.status = 'ok';
    this.#table.add(outline, rawOfCall(call), callReader(session, call));
  }

  #tool(session: ClaudeSession, tool: ToolUse): void {
    const outline = this.#begin(session, tool.id, tool.stretch.id);
    const { result } = tool;
    outline.kind = 'tool';
    outline.name = asText(tool.call['name']) || 'tool';
    outline.start = this.#timeOf(tool.line);
    outline.end = this.#timeOf(tool.resultLine);
    if (result) outline.status = result['is_error'] === true ? 'error' : 'ok';
    if (result?.['is_error'] === true) outline.statusMessage = nameOf(textOf(result)) || undefined;
    this.#table.add(outline, rawOfTool(tool), toolReader(tool));
  }
}
