/**
 * Lists and objects that a vocabulary wrote out as dotted keys (`llm.input_messages.0.message.role`), put together again.
 * Branches are `Map`s: a key is never a property of an object, and an index never a length to allocate.
 */
export class Branch {
  /** The value of the key that ends here. */
  value: unknown;
  readonly children = new Map<string, Branch>();

  /** The branch at a dotted path below this one. */
  at(path: string): Branch | undefined {
    return walk(this, path, false);
  }

  /** @internal */
  grow(path: string): Branch {
    return walk(this, path, true)!;
  }

  /** The value at a dotted path below this one. */
  get(path: string): unknown {
    return this.at(path)?.value;
  }

  /** The value at a dotted path, where it is text and not empty. */
  text(path: string): string | undefined {
    const value = this.get(path);
    return typeof value === 'string' && value !== '' ? value : undefined;
  }

  /** The children under whole numbers, in the order of the numbers. Gaps are closed. */
  list(path?: string): Branch[] {
    const children = (path === undefined ? this : this.at(path))?.children;
    if (!children) return [];
    const entries: [number, Branch][] = [];
    for (const [key, child] of children) if (isIndex(key)) entries.push([Number(key), child]);
    return entries.sort((a, b) => a[0] - b[0]).map(([, child]) => child);
  }
}

/** The branch at the end of a dotted path; steps that are not there yet grow where they may. */
function walk(start: Branch, path: string, mayGrow: boolean): Branch | undefined {
  let branch = start;
  for (const step of path.split('.')) {
    let child = branch.children.get(step);
    if (!child) {
      if (!mayGrow) return undefined;
      branch.children.set(step, (child = new Branch()));
    }
    branch = child;
  }
  return branch;
}

/** A whole number as a list writes it: no sign, no leading zero, nine digits at most. Anything else is a name. */
const isIndex = (key: string): boolean => /^(0|[1-9]\d{0,8})$/.test(key);

/** The branch of all attributes whose keys begin with `prefix` and a dot. */
export function unflatten(attributes: ReadonlyMap<string, unknown>, prefix: string): Branch {
  const root = new Branch();
  const start = `${prefix}.`;
  for (const [key, value] of attributes) {
    if (key === prefix) root.value = value;
    else if (key.startsWith(start)) root.grow(key.slice(start.length)).value = value;
  }
  return root;
}
