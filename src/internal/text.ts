/**
 * Data as text for a template. Nothing of a trace may reach a template's child binding in any other way: a value that is
 * not a string could pass for a template, a directive or a node.
 */
export function text(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null) return '';
  return typeof value === 'symbol' ? '' : String(value);
}

/** The first `limit` UTF-16 units of a text, without half of a character at the end. */
export function beginning(value: string, limit: number): string {
  if (value.length <= limit) return value;
  const last = value.charCodeAt(limit - 1);
  return value.slice(0, last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit);
}

/**
 * A value of a trace on its way to another element. Bindings look into objects: one that is shaped like a directive would
 * be taken for one. Inside this box nothing is looked at.
 */
export interface Boxed {
  readonly value: unknown;
}

export const boxed = (value: unknown): Boxed => ({ value });

/** For `hasChanged` of properties that take a `Boxed`: the box is a new one each time. */
export const isOtherValue = (one: Boxed | undefined, other: Boxed | undefined): boolean =>
  !Object.is(one?.value, other?.value) || (one === undefined) !== (other === undefined);
