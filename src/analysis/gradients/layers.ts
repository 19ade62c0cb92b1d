import { grouped } from '../../model/grouped.js';

/**
 * The layer that a parameter belongs to, by its name: all up to the first part that is a number (`transformer.h.0` of
 * `transformer.h.0.attn.weight`), else all but the last part (`dense_1` of `dense_1/kernel`).
 */
export function layerOf(parameter: string): string {
  const numbered = /^.*?(?:^|[./])\d+(?=[./])/.exec(parameter);
  if (numbered) return numbered[0];
  const last = Math.max(parameter.lastIndexOf('/'), parameter.lastIndexOf('.'));
  return last > 0 ? parameter.slice(0, last) : parameter;
}

/** The parameters of each layer, as places in the list, in its order. */
export const layersOf = (parameters: readonly string[]): Map<string, number[]> =>
  grouped(parameters.keys(), (at) => layerOf(parameters[at]!));
