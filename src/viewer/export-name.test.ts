import { expect, test } from 'vitest';
import { exportName } from './export-name';

test('names model, layer, filter and content', () => {
  expect(exportName({ version: 'v3', layer: 'block2_conv1', filter: 49, what: 'map-a', extension: 'png' })).toBe(
    'lesion-lens_v3_block2_conv1_filter49_map-a.png',
  );
  expect(exportName({ version: 'own model/2', layer: 'block1_pool', filter: null, what: 'maps-b', extension: 'npy' })).toBe(
    'lesion-lens_own-model-2_block1_pool_maps-b.npy',
  );
});
