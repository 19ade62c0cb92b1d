/** Limits of one recorded value. Beyond them the value is cut, and says so. */
export interface ValueLimits {
  /** Characters of one string. */
  text: number;
  depth: number;
  /** Values in all. */
  values: number;
}

export const VALUE_LIMITS: ValueLimits = { text: 1_000_000, depth: 64, values: 50_000 };

type Put = (value: unknown) => void;

/**
 * A JSON copy of any value that an application may hand over, taken at once: what the application does to the value
 * afterwards is not recorded. Getters that throw, proxies, cycles, functions, DOM nodes and the like become a text that
 * says what was there. Never throws.
 */
export function safeValue(value: unknown, limits: ValueLimits = VALUE_LIMITS): unknown {
  return new Copier(limits).copy(value);
}

/** Copies without recursion: what is still to be copied waits in a list. */
class Copier {
  readonly #limits: ValueLimits;
  readonly #waiting: { value: unknown; put: Put; above: Above | undefined }[] = [];
  #left: number;

  constructor(limits: ValueLimits) {
    this.#limits = limits;
    this.#left = limits.values;
  }

  copy(value: unknown): unknown {
    let result: unknown;
    this.#waiting.push({ value, above: undefined, put: (copy) => (result = copy) });
    for (let next = this.#waiting.pop(); next; next = this.#waiting.pop()) {
      try {
        this.#copyOne(next.value, next.put, next.above);
      } catch (error) {
        next.put(unreadable(error));
      }
    }
    return result;
  }

  #copyOne(value: unknown, put: Put, above: Above | undefined): void {
    const source = readable(value);
    const depth = (above?.depth ?? 0) + 1;
    if (typeof source !== 'object' || source === null) put(scalar(source, this.#limits.text));
    else if (this.#left-- <= 0) put('[cut: too many values]');
    else if (isAbove(source, above)) put('[cycle]');
    else if (depth > this.#limits.depth) put('[cut: too deep]');
    else if (Array.isArray(source)) this.#copyList(source, put, { value: source, next: above, depth });
    else this.#copyObject(source, put, { value: source, next: above, depth });
  }

  #copyList(list: readonly unknown[], put: Put, above: Above): void {
    const count = Math.min(list.length, Math.max(0, this.#left));
    const copy: unknown[] = [];
    put(copy);
    for (let index = 0; index < count; index++) {
      copy.push(null);
      this.#waiting.push({ value: list[index], above, put: (item) => (copy[index] = item) });
    }
    if (count < list.length) copy.push(`[cut: ${list.length - count} more]`);
  }

  #copyObject(object: object, put: Put, above: Above): void {
    const copy = Object.create(null) as Record<string, unknown>;
    put(copy);
    for (const [key, item] of entriesOf(object)) {
      // Set at once, so that keys keep their order; replaced when the value is copied.
      copy[key] = null;
      this.#waiting.push({ value: item, above, put: (read) => (copy[key] = read) });
    }
  }
}

interface Above {
  value: object;
  next: Above | undefined;
  depth: number;
}

function isAbove(value: object, above: Above | undefined): boolean {
  for (let at = above; at; at = at.next) if (at.value === value) return true;
  return false;
}

const unreadable = (error: unknown): string => {
  try {
    return `[unreadable: ${error instanceof Error ? error.message : String(error)}]`;
  } catch {
    return '[unreadable]';
  }
};

/** Entries of a map, or own enumerable properties; one whose getter throws says so, and the others are kept. */
function entriesOf(object: object): (readonly [string, unknown])[] {
  if (object instanceof Map) return Array.from(object, ([key, item]) => [String(key), item] as const);
  return Object.keys(object).map((key) => {
    try {
      return [key, (object as Record<string, unknown>)[key]] as const;
    } catch (error) {
      return [key, unreadable(error)] as const;
    }
  });
}

/** What stands for a value: its own idea of JSON where it has one, else a word for what cannot be copied. */
function readable(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value === globalThis) return '[global object]';
  if (value instanceof Error) return { name: value.name, message: value.message, stack: value.stack };
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (value instanceof Set) return [...value];
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`;
  if (typeof Blob === 'function' && value instanceof Blob) return `[${value.type || 'data'}, ${value.size} bytes]`;
  if (typeof Node === 'function' && value instanceof Node) return `[${value.nodeName.toLowerCase()} node]`;
  const toJson = (value as { toJSON?: unknown }).toJSON;
  return typeof toJson === 'function' ? (toJson as () => unknown).call(value) : value;
}

function scalar(value: unknown, limit: number): unknown {
  switch (typeof value) {
    case 'string':
      return value.length > limit ? `${value.slice(0, limit)}… [cut: ${value.length} characters]` : value;
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'bigint':
      return value.toString();
    case 'undefined':
      return null;
    case 'boolean':
      return value;
    case 'function':
      return `[function ${value.name}]`;
    case 'symbol':
      return value.toString();
    default:
      return null;
  }
}
