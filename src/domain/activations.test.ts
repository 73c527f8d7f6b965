import { expect, it } from 'vitest';
import { activationChoices, offeredActivations } from './activations';
import { convolutionsOf, VGG16 } from './network';

it('offers every convolution, and the dense features of the network that ships', () => {
  const choices = activationChoices(VGG16);
  expect(choices.slice(0, -1)).toEqual(convolutionsOf(VGG16).map(({ name, channels }) => ({ name, count: channels })));
  expect(choices.at(-1)).toEqual({ name: 'dense', count: 256 });
  expect(offeredActivations(VGG16, 'dense')).toBe('dense');
  expect(offeredActivations(VGG16, 'block1_pool')).toBeNull();
  expect(offeredActivations(VGG16, null)).toBeNull();
});

it('offers layers alone where there is no head that is known, also one that is called as the features are', () => {
  const mine = { ...VGG16.layers[0]!, name: 'dense', channels: 7 };
  const network = { ...VGG16, layers: [mine], dense: [], isGeneral: true };
  expect(activationChoices(network)).toEqual([{ name: 'dense', count: 7 }]);
  expect(offeredActivations({ ...network, layers: [{ ...mine, name: 'other' }] }, 'dense')).toBeNull();
});
