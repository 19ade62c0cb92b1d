import type { DatasetExample } from './dataset-example.js';
import { isObject, type DatasetShape } from './dataset-shape.js';
import { datasetShapes } from './registry.js';

/**
 * Examples as JSON lines in the shape of a tool.
 *
 * @throws {RangeError} where there is no such shape
 */
export function toDataset(examples: Iterable<DatasetExample>, shape: string): string {
  const written = shapeNamed(shape);
  let lines = '';
  for (const example of examples) lines += `${JSON.stringify(written.line(example))}\n`;
  return lines;
}

/** What a dataset holds. */
export interface Dataset {
  examples: DatasetExample[];
  /** Numbers, from 1, of the lines that hold no example. Empty lines are none. */
  unread: number[];
}

/**
 * Reads JSON lines in the shape of a tool: examples with what is expected, for `evaluate`.
 *
 * @throws {RangeError} where there is no such shape
 */
export function readDataset(text: string, shape: string): Dataset {
  const { read } = shapeNamed(shape);
  const dataset: Dataset = { examples: [], unread: [] };
  text.split('\n').forEach((line, index) => {
    if (line.trim() === '') return;
    const value = jsonIn(line);
    const example = isObject(value) ? read(value) : undefined;
    if (example) dataset.examples.push(example);
    else dataset.unread.push(index + 1);
  });
  return dataset;
}

function shapeNamed(name: string): DatasetShape {
  const shape = datasetShapes.find((known) => known.name === name);
  if (shape) return shape;
  const names = datasetShapes.map((known) => known.name).join(', ');
  throw new RangeError(`There is no shape of datasets “${name}”. There are: ${names}.`);
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
