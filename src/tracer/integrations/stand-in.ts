import { ask } from '../ask.js';

/** Makes a call of the original, as if nobody stood between. */
export type Call = (...args: unknown[]) => unknown;

/** Does in place of a method, or of calling the object itself, what is to be done: `call` is the original. */
export type Hook = (call: Call, args: readonly unknown[]) => unknown;

export interface StandInPlan {
  methods?: ReadonlyMap<PropertyKey, Hook>;
  /** Members that are stood in for as well. */
  members?: ReadonlyMap<PropertyKey, (member: object) => object>;
  /** Where the object is a function. */
  call?: Hook;
}

const made = new WeakSet();

export const isStandIn = (object: object): boolean => made.has(object);

/**
 * An object that is used like the original: the same members, the same class, and what is set on it is set on the
 * original. Methods run with the original as `this`, so that private fields and the objects of browsers, which know
 * their own only, go on working.
 */
export function standIn<Target extends object>(target: Target, plan: StandInPlan): Target {
  const members = new Map<PropertyKey, { value: unknown; instead: unknown }>();

  const method = (value: Call, hook: Hook | undefined): object =>
    new Proxy(value, {
      apply(original, self: unknown, args: unknown[]) {
        if (self !== proxy) return Reflect.apply(original, self, args);
        const call: Call = (...others) => Reflect.apply(original, target, others);
        return hook ? hook(call, args) : call(...args);
      },
    });

  const insteadOf = (key: PropertyKey, value: unknown): unknown => {
    const hook = plan.methods?.get(key);
    const member = plan.members?.get(key);
    if (member && typeof value === 'object' && value !== null) return member(value);
    if (typeof value !== 'function') return value;
    return hook || isMethod(target, key) ? method(value as Call, hook) : value;
  };

  const proxy: Target = new Proxy(target, {
    get(_target, key) {
      const value = Reflect.get(target, key, target) as unknown;
      if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return value;
      const known = members.get(key);
      if (known?.value === value) return known.instead;
      const instead = isFixed(target, key) ? value : insteadOf(key, value);
      members.set(key, { value, instead });
      return instead;
    },
    set: (_target, key, value) => Reflect.set(target, key, value, target),
    apply(_target, self: unknown, args: unknown[]) {
      const call: Call = (...others) => Reflect.apply(target as unknown as Call, self, others);
      return plan.call ? plan.call(call, args) : call(...args);
    },
  });
  made.add(proxy);
  return proxy;
}

/** Whether a function is of the object's class, rather than something that it holds: a callback, a part that is called. */
function isMethod(target: object, key: PropertyKey): boolean {
  if (key === 'constructor' || Object.hasOwn(target, key)) return false;
  let at = Object.getPrototypeOf(target) as object | null;
  while (at && at !== Object.prototype && at !== Function.prototype) {
    const property = Object.getOwnPropertyDescriptor(at, key);
    if (property) return 'value' in property;
    at = Object.getPrototypeOf(at) as object | null;
  }
  return false;
}

/** What the language does not let a proxy answer otherwise. */
const isFixed = (target: object, key: PropertyKey): boolean =>
  ask(() => {
    const property = Object.getOwnPropertyDescriptor(target, key);
    return property !== undefined && !property.configurable && !(property.writable ?? property.get !== undefined);
  });
