import type { NetworkShape } from '../../domain/network';
import { words } from '../../words/words';

export interface NetworkRow {
  readonly name: string;
  readonly type: string;
  readonly outputShape: string;
  readonly parameters: number;
}

const KERNEL = 3 * 3;

/** Every layer of the network in order, with the parameters that its shape implies (weights and biases). */
export function networkRows({ input, layers, dense }: NetworkShape): readonly NetworkRow[] {
  const { kinds } = words.pages.model.layers;
  const rows: NetworkRow[] = [row('input_1', kinds.input, shape(input.side, input.channels), 0)];
  let { channels: inputs, side: lastSide } = input;
  for (const { name, kind, side, channels } of layers) {
    rows.push(
      kind === 'conv'
        ? row(name, kinds.conv, shape(side, channels), (KERNEL * inputs + 1) * channels)
        : row(name, kinds.pool, shape(side, channels), 0),
    );
    inputs = channels;
    lastSide = side;
  }
  let units = lastSide * lastSide * inputs;
  rows.push(row('flatten', kinds.flatten, String(units), 0));
  dense.forEach((next, i) => {
    const isLast = i === dense.length - 1;
    // Keras's names.
    const name = i === 0 ? 'dense' : `dense_${i}`;
    if (isLast && i > 0) rows.push(row('dropout', kinds.dropout, String(units), 0));
    rows.push(row(name, isLast ? kinds.output : kinds.dense, String(next), (units + 1) * next));
    units = next;
  });
  return rows;
}

function row(name: string, type: string, outputShape: string, parameters: number): NetworkRow {
  return { name, type, outputShape, parameters };
}

function shape(side: number, channels: number): string {
  return `${side}×${side}×${channels}`;
}
