import { CONV_LAYERS, DENSE_UNITS, INPUT_PX } from '../../domain/network';

export interface NetworkRow {
  readonly name: string;
  readonly type: string;
  readonly outputShape: string;
  readonly parameters: number;
}

const KERNEL = 3 * 3;

/** Every layer of the network in order, with the parameters that its shape implies (weights and biases). */
export function networkRows(): readonly NetworkRow[] {
  const rows: NetworkRow[] = [row('input_1', 'Input', shape(INPUT_PX, 3), 0)];
  let channelsIn = 3;
  let sideOut = INPUT_PX;
  CONV_LAYERS.forEach(({ name, side, channels }, index) => {
    rows.push(row(name, 'Convolution 3×3, ReLU', shape(side, channels), (KERNEL * channelsIn + 1) * channels));
    channelsIn = channels;
    const block = name.slice(0, 'block0'.length);
    const endsBlock = CONV_LAYERS[index + 1]?.name.startsWith(block) !== true;
    if (!endsBlock) return;
    sideOut = side / 2;
    rows.push(row(`${block}_pool`, 'Max pooling 2×2', shape(sideOut, channels), 0));
  });
  const flat = sideOut * sideOut * channelsIn;
  return [
    ...rows,
    row('flatten', 'Flatten', String(flat), 0),
    row('dense', 'Dense, ReLU', String(DENSE_UNITS), (flat + 1) * DENSE_UNITS),
    row('dropout', 'Dropout 0.5 (in training only)', String(DENSE_UNITS), 0),
    row('dense_1', 'Dense, sigmoid', '1', DENSE_UNITS + 1),
  ];
}

function row(name: string, type: string, outputShape: string, parameters: number): NetworkRow {
  return { name, type, outputShape, parameters };
}

function shape(side: number, channels: number): string {
  return `${side}×${side}×${channels}`;
}
