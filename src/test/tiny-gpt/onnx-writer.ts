/** For tests: writes ONNX files. Numbers of fields are those of onnx.proto3. */
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

/** Types of elements (`TensorProto.DataType`). */
export const FLOAT = 1;
export const INT32 = 6;
export const INT64 = 7;
export const BOOL = 9;
export const HALF = 10;

export type AttributeValue = number | string | readonly number[] | { float: number };
type Numbers = Float32Array | BigInt64Array | Int32Array;

const bytesField = (writer: BinaryWriter, field: number, bytes: Uint8Array): BinaryWriter =>
  writer.tag(field, WireType.LengthDelimited).bytes(bytes);
const textField = (writer: BinaryWriter, field: number, text: string): BinaryWriter =>
  writer.tag(field, WireType.LengthDelimited).string(text);
const numberField = (writer: BinaryWriter, field: number, value: number): BinaryWriter =>
  writer.tag(field, WireType.Varint).int64(value);

function attribute(name: string, value: AttributeValue): Uint8Array {
  const writer = textField(new BinaryWriter(), 1, name);
  let type: number;
  if (typeof value === 'string') {
    textField(writer, 4, value);
    type = 3;
  } else if (typeof value === 'number') {
    numberField(writer, 3, value);
    type = 2;
  } else if ('float' in value) {
    writer.tag(2, WireType.Bit32).float(value.float);
    type = 1;
  } else {
    for (const one of value) numberField(writer, 8, one);
    type = 7;
  }
  return numberField(writer, 20, type).finish();
}

/** A dimension is a number, or has a name. */
function valueInfo(name: string, dims: readonly (number | string)[], type: number): Uint8Array {
  const shape = new BinaryWriter();
  for (const dim of dims) {
    const one = new BinaryWriter();
    bytesField(shape, 1, (typeof dim === 'number' ? numberField(one, 1, dim) : textField(one, 2, dim)).finish());
  }
  const tensor = bytesField(numberField(new BinaryWriter(), 1, type), 2, shape.finish());
  const kind = bytesField(new BinaryWriter(), 1, tensor.finish());
  return bytesField(textField(new BinaryWriter(), 1, name), 2, kind.finish()).finish();
}

/** A graph that is built node by node. */
export class GraphWriter {
  readonly #graph = new BinaryWriter();
  readonly #floats: typeof FLOAT | typeof HALF;

  /** @param floats of how many bits the numbers are that it computes with: 32 or 16 */
  constructor(name: string, floats: typeof FLOAT | typeof HALF) {
    this.#floats = floats;
    textField(this.#graph, 2, name);
  }

  input(name: string, dims: readonly (number | string)[], type: number = this.#floats): void {
    bytesField(this.#graph, 11, valueInfo(name, dims, type));
  }

  output(name: string, dims: readonly (number | string)[], type: number = this.#floats): void {
    bytesField(this.#graph, 12, valueInfo(name, dims, type));
  }

  /** Numbers that are part of the model. Gives back their name. */
  constant(name: string, dims: readonly number[], numbers: Numbers): string {
    const isHalved = numbers instanceof Float32Array && this.#floats === HALF;
    const stored = isHalved ? `${name}.single` : name;
    const tensor = new BinaryWriter();
    for (const dim of dims) numberField(tensor, 1, dim);
    numberField(tensor, 2, numbers instanceof Float32Array ? FLOAT : numbers instanceof Int32Array ? INT32 : INT64);
    textField(tensor, 8, stored);
    bytesField(tensor, 9, new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
    bytesField(this.#graph, 5, tensor.finish());
    if (isHalved) this.node('Cast', [stored], name, { to: HALF });
    return name;
  }

  /** Gives back the name of the first output. */
  node(
    operator: string,
    inputs: readonly string[],
    outputs: string | readonly string[],
    attributes: Readonly<Record<string, AttributeValue>> = {},
    domain = '',
  ): string {
    const names = [outputs].flat();
    const node = new BinaryWriter();
    for (const input of inputs) textField(node, 1, input);
    for (const output of names) textField(node, 2, output);
    textField(node, 3, `${names[0]!}_${operator}`);
    textField(node, 4, operator);
    for (const [name, value] of Object.entries(attributes)) bytesField(node, 5, attribute(name, value));
    if (domain) textField(node, 7, domain);
    bytesField(this.#graph, 1, node.finish());
    return names[0]!;
  }

  /** The bytes of the file, with the versions of the sets of operators that it uses. */
  file(versions: Readonly<Record<string, number>>): Uint8Array<ArrayBuffer> {
    const model = numberField(new BinaryWriter(), 1, 10);
    textField(model, 2, 'llm-trace-kit tests');
    bytesField(model, 7, this.#graph.finish());
    for (const [domain, version] of Object.entries(versions)) {
      bytesField(model, 8, numberField(textField(new BinaryWriter(), 1, domain), 2, version).finish());
    }
    return model.finish();
  }
}
