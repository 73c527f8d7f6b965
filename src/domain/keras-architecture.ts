/** The layers of a network of the VGG family as Keras's own JSON, what `model.to_json()` gives. */
import type { NetworkShape } from './network';

interface KerasLayer {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

const FLATTEN: KerasLayer = { class_name: 'Flatten', config: { name: 'flatten' } };

/**
 * Sequential: 3x3 convolutions with ReLU, pools of 2x2, then dense layers, the last with a sigmoid (tutorial_model.py in
 * tools/keras-oracle builds the same with Keras).
 * @param network - not a general one. Dense layers are called "dense", "dense_1", ... as Keras does.
 */
export function kerasArchitecture({ input, layers, dense }: NetworkShape): Readonly<Record<string, unknown>> {
  const shown = layers.map(({ name, kind, channels }): KerasLayer => {
    if (kind === 'pool') return { class_name: 'MaxPooling2D', config: { name, pool_size: [2, 2], strides: [2, 2] } };
    const config = { name, filters: channels, kernel_size: [3, 3], padding: 'same', activation: 'relu', use_bias: true };
    return { class_name: 'Conv2D', config };
  });
  const head = dense.map((units, i): KerasLayer => {
    const activation = i === dense.length - 1 ? 'sigmoid' : 'relu';
    return { class_name: 'Dense', config: { name: i === 0 ? 'dense' : `dense_${i}`, units, activation, use_bias: true } };
  });
  const start = {
    class_name: 'InputLayer',
    config: { name: 'input', batch_shape: [null, input.side, input.side, input.channels] },
  };
  return { class_name: 'Sequential', config: { name: 'sequential', layers: [start, ...shown, FLATTEN, ...head] } };
}
