import type { Payload } from '../../model/index.js';
import type { DatasetExample } from './dataset-example.js';

/** How a tool writes an example as one line of JSON. */
export interface DatasetShape {
  readonly name: string;
  line(example: DatasetExample): object;
  /** Reads what `line` wrote, or another tool; `undefined` for anything else. */
  read(line: Readonly<Record<string, unknown>>): DatasetExample | undefined;
}

/** Whether a value is an object of JSON. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object that is not empty, for tools that take nothing else: any other value becomes its only field. */
export const inObject = (value: Payload, field: string): object =>
  isObject(value) && Object.keys(value).length > 0 && !isOnly(value, field) ? value : { [field]: value };

/** What `inObject` was given. */
export const outOfObject = (value: unknown, field: string): Payload =>
  isObject(value) && isOnly(value, field) ? (value[field] as Payload) : (value as Payload);

/** Whether an object has this field and no other: it would be taken for one that was made around a value. */
const isOnly = (value: Record<string, unknown>, field: string): boolean =>
  Object.hasOwn(value, field) && Object.keys(value).length === 1;

/** The name under which the output stands in metadata, in shapes that have a place for the expected output only. */
const OUTPUT = 'output';

/** Metadata with the output in it. */
export const withOutput = ({ metadata, output }: DatasetExample): object =>
  output === undefined ? (metadata ?? {}) : { ...metadata, [OUTPUT]: output };

/** What of an example stands in metadata that `withOutput` wrote. */
export function outOfMetadata(metadata: unknown): Pick<DatasetExample, 'output' | 'metadata'> {
  if (!isObject(metadata)) return {};
  const { [OUTPUT]: output, ...rest } = metadata;
  return {
    ...(output !== undefined && { output: output }),
    ...(Object.keys(rest).length > 0 && { metadata: rest }),
  };
}
