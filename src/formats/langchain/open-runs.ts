/** Where a run stands: in which run, and in which trace. */
export interface RunPlace {
  parentId: string;
  traceId: string;
}

interface OpenRun {
  id: string;
  at: number;
}

/** Graphs in graphs, in graphs… A path that is deeper is no graph's. */
const MOST_LEVELS = 32;

/** Types of runs that have none inside. */
const LEAVES: ReadonlySet<string> = new Set(['chat_model', 'llm', 'retriever', 'prompt', 'parser']);

/**
 * Finds the parents of runs in events that do not name them. A run is in the one that was opened last and is still open,
 * as calls are; what runs side by side is told apart where something says so: nodes of a graph by the path in their
 * metadata, tools of one node because a tool is called by a chain, branches of a `RunnableParallel` by their tag.
 */
export class OpenRuns {
  readonly #places = new Map<string, RunPlace>();
  readonly #ended = new Set<string>();
  /** Open runs, the last one last: by what they are and by the path of their graph's node. Ended ones go when met. */
  readonly #stacks = new Map<string, OpenRun[]>();

  /** @param path of the node of a graph, `outer:<task>|inner:<task>`; empty where there is none */
  start(id: string, type: string, name: string, path: string, tags: readonly unknown[]): void {
    const isBranch = tags.some((tag) => typeof tag === 'string' && tag.startsWith('map:key:'));
    const parent = this.#openAt(path, isBranch, type !== 'tool');
    const traceId = (parent && this.#places.get(parent.id)?.traceId) ?? id;
    const at = this.#places.size;
    this.#places.set(id, { parentId: parent?.id ?? '', traceId });
    if (LEAVES.has(type)) return;
    this.#push(`${type === 'tool' ? 'tool' : 'chain'} ${path}`, { id, at });
    if (/^Runnable(?:Map|Parallel)/.test(name)) this.#push(`map ${path}`, { id, at });
  }

  end(id: string): void {
    this.#ended.add(id);
  }

  place(id: string): RunPlace {
    return this.#places.get(id) ?? { parentId: '', traceId: id };
  }

  /** The run to be inside: at this path, or at the nearest path above it that has an open one. */
  #openAt(path: string, isBranch: boolean, inTools: boolean): OpenRun | undefined {
    const levels = path.split('|', MOST_LEVELS);
    for (let level = levels.length; ; level--) {
      const at = levels.slice(0, level).join('|');
      const map = isBranch ? this.#last(`map ${at}`) : undefined;
      if (map) return map;
      const chain = this.#last(`chain ${at}`);
      const tool = inTools ? this.#last(`tool ${at}`) : undefined;
      const found = tool && (!chain || tool.at > chain.at) ? tool : chain;
      if (found || level === 0) return found;
    }
  }

  #push(stack: string, run: OpenRun): void {
    const runs = this.#stacks.get(stack);
    if (runs) runs.push(run);
    else this.#stacks.set(stack, [run]);
  }

  #last(stack: string): OpenRun | undefined {
    const runs = this.#stacks.get(stack);
    while (runs?.length && this.#ended.has(runs.at(-1)!.id)) runs.pop();
    return runs?.at(-1);
  }
}
