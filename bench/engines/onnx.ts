/** The network as an ONNX file (onnx.proto of ONNX 1.17), for runtimes that read nothing else. */
import { convolutionsOf, type NetworkShape } from '../../src/domain/network';

type Bytes = Uint8Array;

function varint(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) | 128);
  }
}

function join(parts: readonly Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Protocol Buffers: a number, wire type 0. */
const int = (field: number, value: number): Bytes => Uint8Array.from([...varint(field * 8), ...varint(value)]);
/** Bytes, text or a message, wire type 2. */
const block = (field: number, content: Bytes): Bytes =>
  join([Uint8Array.from([...varint(field * 8 + 2), ...varint(content.length)]), content]);
const text = (field: number, content: string): Bytes => block(field, new TextEncoder().encode(content));

const ATTRIBUTE_INTS = 7;
const FLOAT = 1;
const OPSET = 17;

const ints = (name: string, values: readonly number[]): Bytes =>
  block(5, join([text(1, name), ...values.map((value) => int(8, value)), int(20, ATTRIBUTE_INTS)]));

const node = (type: string, inputs: readonly string[], output: string, ...attributes: readonly Bytes[]): Bytes =>
  block(1, join([...inputs.map((name) => text(1, name)), text(2, output), text(4, type), ...attributes]));

const tensor = (name: string, dims: readonly number[], values: Float32Array): Bytes =>
  block(
    5,
    join([
      ...dims.map((size) => int(1, size)),
      int(2, FLOAT),
      text(8, name),
      block(9, new Uint8Array(values.buffer, values.byteOffset, values.byteLength)),
    ]),
  );

function valueInfo(field: number, name: string, dims: readonly number[]): Bytes {
  const shape = join(dims.map((size) => block(1, int(1, size))));
  return block(field, join([text(1, name), block(2, block(1, join([int(1, FLOAT), block(2, shape)])))]));
}

/**
 * Input `input` [1, channels, side, side], output `logit` [1, 1].
 * @param weights - kernel and bias of each layer in turn; kernels [3, 3, inputs, outputs], dense [inputs, units].
 */
export function writeOnnx(shape: NetworkShape, weights: readonly Float32Array[]): Bytes {
  const parts: Bytes[] = [text(2, 'network')];
  const { side, channels } = shape.input;
  let value = 'input';
  let inputs = channels;
  let next = 0;
  const convolutions = new Set(convolutionsOf(shape));
  for (const layer of shape.layers) {
    const { name } = layer;
    if (convolutions.has(layer)) {
      const kernel = weights[next++]!;
      const outputs = layer.channels;
      const oihw = new Float32Array(kernel.length);
      for (let tap = 0; tap < 9; tap++) {
        for (let c = 0; c < inputs; c++) {
          for (let n = 0; n < outputs; n++) oihw[(n * inputs + c) * 9 + tap] = kernel[(tap * inputs + c) * outputs + n]!;
        }
      }
      parts.push(tensor(`${name}/w`, [outputs, inputs, 3, 3], oihw), tensor(`${name}/b`, [outputs], weights[next++]!));
      parts.push(
        node('Conv', [value, `${name}/w`, `${name}/b`], `${name}/sum`, ints('kernel_shape', [3, 3]), ints('pads', [1, 1, 1, 1])),
      );
      parts.push(node('Relu', [`${name}/sum`], name));
      inputs = outputs;
    } else {
      parts.push(node('MaxPool', [value], name, ints('kernel_shape', [2, 2]), ints('strides', [2, 2])));
    }
    value = name;
  }
  parts.push(node('Transpose', [value], 'rows', ints('perm', [0, 2, 3, 1])), node('Flatten', ['rows'], 'flat'));
  value = 'flat';
  let units = shape.layers.at(-1)!.side ** 2 * inputs;
  shape.dense.forEach((size, i) => {
    const isLast = i === shape.dense.length - 1;
    const sum = isLast ? 'logit' : `dense${i}/sum`;
    parts.push(tensor(`dense${i}/w`, [units, size], weights[next++]!), tensor(`dense${i}/b`, [size], weights[next++]!));
    parts.push(node('Gemm', [value, `dense${i}/w`, `dense${i}/b`], sum));
    if (!isLast) parts.push(node('Relu', [sum], `dense${i}`));
    value = `dense${i}`;
    units = size;
  });
  parts.push(valueInfo(11, 'input', [1, channels, side, side]), valueInfo(12, 'logit', [1, 1]));
  return join([int(1, 8), block(8, join([text(1, ''), int(2, OPSET)])), block(7, join(parts))]);
}
