/**
 * Data as text for a template. Nothing of a trace may reach a template's child binding in any other way: a value that is
 * not a string could pass for a template, a directive or a node.
 */
export function text(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null) return '';
  return typeof value === 'symbol' ? '' : String(value);
}
