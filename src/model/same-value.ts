const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Whether two values of JSON's kinds are equal, however deep they are, also where they hold themselves. */
export function sameValue(one: unknown, other: unknown): boolean {
  const pairs: [unknown, unknown][] = [[one, other]];
  const alike = new AlikeObjects();
  for (let pair = pairs.pop(); pair; pair = pairs.pop()) {
    const [a, b] = pair;
    if (Object.is(a, b)) continue;
    if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) return false;
    if (!alike.add(a, b)) continue;
    const keys = Object.keys(a);
    if (keys.length !== Object.keys(b).length) return false;
    for (const key of keys) {
      if (!Object.hasOwn(b, key)) return false;
      pairs.push([a[key], b[key]]);
    }
  }
  return true;
}

/** Objects that are taken to be equal until something tells them apart, as a union of sets. */
class AlikeObjects {
  readonly #ups = new Map<object, object>();

  /** Whether it is news that the two are alike. */
  add(one: object, other: object): boolean {
    const top = this.#topOf(one);
    const otherTop = this.#topOf(other);
    if (top === otherTop) return false;
    this.#ups.set(top, otherTop);
    return true;
  }

  #topOf(object: object): object {
    let top = object;
    for (let up = this.#ups.get(top); up; up = this.#ups.get(top)) {
      const next = this.#ups.get(up);
      // Halves the way for the next time.
      if (next) this.#ups.set(top, next);
      top = up;
    }
    return top;
  }
}
