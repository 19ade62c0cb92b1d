import { stepsOf } from '../../model/steps.js';
import { valueKey } from '../leaves.js';
import type { Lint, TraceLook } from './finding.js';

/** From so many on it looks like a loop. */
const LOOP = 3;
/** The keys of inputs that say nothing. */
const NO_ARGUMENTS: ReadonlySet<string | undefined> = new Set([{}, [], null, ''].map((nothing) => valueKey(nothing)));

/** The same tool with the same arguments again, in one agent; not after it had failed, which is another try. */
export const repeatedToolCalls: Lint = {
  name: 'repeated-tool-calls',
  reads: 'detail',
  orderedBy: 'count',
  *find(look) {
    const { table, tree } = look.trace;
    /** Calls by agent, tool and arguments; of most tools there is one call, whose arguments are not read. */
    const byTool = new Map<number, Map<string, number[]>>();
    for (const [from, to] of stepsOf(look.trace.spans.length)) {
      yield;
      for (let position = from; position < to; position++) {
        const row = look.trace.rowAt(position);
        if (table.kinds[row] !== 'tool' || table.statuses[row] === 'error') continue;
        const agent = look.agents[position]!;
        let tools = byTool.get(agent);
        if (!tools) byTool.set(agent, (tools = new Map<string, number[]>()));
        const tool = table.labels[row] ?? table.names[row]!;
        const parent = tree.parent[position]!;
        // Two libraries may record one call, one inside the other.
        if (parent >= 0 && isToolCall(look, parent, tool)) continue;
        const calls = tools.get(tool);
        if (calls) calls.push(position);
        else tools.set(tool, [position]);
      }
    }
    for (const tools of byTool.values()) {
      for (const [tool, calls] of tools) {
        if (calls.length < 2) continue;
        const byArguments = new Map<string, number[]>();
        for (const position of calls) {
          yield;
          const input = look.detailOf(position)?.input;
          const key = input === undefined ? undefined : valueKey(input);
          // A tool that takes no arguments may well tell something new.
          if (key === undefined || NO_ARGUMENTS.has(key)) continue;
          const same = byArguments.get(key);
          if (same) same.push(position);
          else byArguments.set(key, [position]);
        }
        for (const same of byArguments.values()) {
          if (same.length < 2) continue;
          yield {
            rule: repeatedToolCalls.name,
            severity: same.length >= LOOP ? 'warning' : 'info',
            values: { count: same.length, name: tool },
            spans: look.spansAt(same),
          };
        }
      }
    }
  },
};

function isToolCall({ trace }: TraceLook, position: number, tool: string): boolean {
  const { kinds, labels, names } = trace.table;
  const row = trace.rowAt(position);
  return kinds[row] === 'tool' && (labels[row] ?? names[row]) === tool;
}
