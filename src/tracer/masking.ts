import { PERSONAL_PATTERNS, SECRET_KEY, SECRET_PATTERNS, type SecretPattern } from './secret-patterns.js';

/**
 * A page's own rule: gives what is recorded in place of a value. `path` is where it stands (`input.messages.0.content`).
 * A rule that throws drops the value.
 */
export type MaskHook = (value: unknown, path: string) => unknown;

export interface MaskingOptions {
  /** Also e-mail addresses, card numbers, IBANs, IP addresses, US social security numbers, phone numbers. */
  personal?: boolean | undefined;
  mask?: MaskHook | undefined;
}

/** Takes secrets out of values before they are written or sent anywhere. */
export class Masker {
  readonly #patterns: readonly SecretPattern[];
  readonly #hook: MaskHook | undefined;
  /** How many values were masked, or dropped because a rule of the page threw. */
  masked = 0;
  dropped = 0;

  constructor({ personal, mask }: MaskingOptions) {
    this.#patterns = personal ? [...SECRET_PATTERNS, ...PERSONAL_PATTERNS] : SECRET_PATTERNS;
    this.#hook = mask;
  }

  /** Masks a JSON value in place, whatever its depth, and gives it back. */
  mask(value: unknown, path: string): unknown {
    const root = { value };
    const waiting: { holder: Record<string, unknown>; key: string; path: string }[] = [
      { holder: root, key: 'value', path },
    ];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { holder, key, path: at } = next;
      const item = (holder[key] = this.#maskOne(holder[key], key, at));
      if (typeof item !== 'object' || item === null) continue;
      const inner = item as Record<string, unknown>;
      for (const name of Object.keys(inner)) {
        const clean = Array.isArray(inner) ? name : this.#cleanKey(inner, name);
        waiting.push({ holder: inner, key: clean, path: `${at}.${clean}` });
      }
    }
    return root.value;
  }

  /** Masks a text. */
  text(value: string): string {
    let text = value;
    for (const { name, hint, pattern, accept } of this.#patterns) {
      // Most texts hold no secret: a plain look for the word that it would contain costs next to nothing.
      if (hint !== undefined && !text.includes(hint)) continue;
      text = text.replace(pattern, (match: string) => {
        if (accept && !accept(match)) return match;
        this.masked++;
        return `[masked:${name}]`;
      });
    }
    return text;
  }

  #maskOne(value: unknown, key: string, path: string): unknown {
    let result = value;
    if (this.#hook) {
      try {
        result = this.#hook(value, path);
      } catch {
        this.dropped++;
        return '[dropped: the masking rule failed]';
      }
    }
    if (SECRET_KEY.test(key) && (typeof result === 'string' || typeof result === 'number') && result !== '') {
      this.masked++;
      return '[masked:key-name]';
    }
    return typeof result === 'string' ? this.text(result) : result;
  }

  /** Secrets stand in keys as well. */
  #cleanKey(holder: Record<string, unknown>, name: string): string {
    const clean = this.text(name);
    if (clean === name) return name;
    holder[clean] = holder[name];
    Reflect.deleteProperty(holder, name);
    return clean;
  }
}

/** Headers that may be recorded. Everything else may hold a secret. */
const HARMLESS_HEADERS: ReadonlySet<string> = new Set(['content-type', 'retry-after', 'x-request-id', 'request-id']);

/** The headers of a response that may be recorded, rate limits among them. */
export function harmlessHeaders(headers: Headers): Record<string, string> {
  const kept = Object.create(null) as Record<string, string>;
  headers.forEach((value, name) => {
    if (HARMLESS_HEADERS.has(name) || name.includes('ratelimit')) kept[name] = value;
  });
  return kept;
}

/** An address without user, password, query values and fragment: keys are handed over in each of them. */
export function harmlessUrl(address: string): string {
  try {
    const url = new URL(address);
    for (const name of [...url.searchParams.keys()]) url.searchParams.set(name, '…');
    url.username = url.password = url.hash = '';
    return url.href;
  } catch {
    return '[not an address]';
  }
}
