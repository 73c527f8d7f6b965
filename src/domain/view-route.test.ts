import { expect, it } from 'vitest';
import { formatRoute, parseRoute } from './view-route';

it.each([
  ['', { page: 'analyse', layer: null, filter: null }],
  ['#/', { page: 'analyse', layer: null, filter: null }],
  ['#/batch', { page: 'batch', layer: null, filter: null }],
  ['#/batch/', { page: 'batch', layer: null, filter: null }],
  ['#/?layer=block2_conv1&filter=49', { page: 'analyse', layer: 'block2_conv1', filter: 49 }],
  ['#/?layer=block2_conv1&filter=128', { page: 'analyse', layer: 'block2_conv1', filter: 128 }],
  ['#/?layer=conv2d_7&filter=1', { page: 'analyse', layer: 'conv2d_7', filter: 1 }],
  ['#/?layer=&filter=1', { page: 'analyse', layer: null, filter: null }],
  ['#/?layer=block1_conv1&filter=-1', { page: 'analyse', layer: 'block1_conv1', filter: null }],
  ['#/?layer=block1_conv1&filter=1e1', { page: 'analyse', layer: 'block1_conv1', filter: null }],
  ['#/?filter=3', { page: 'analyse', layer: null, filter: null }],
  ['#/?layer=block5_conv3&filter=511', { page: 'analyse', layer: 'block5_conv3', filter: 511 }],
  ['#/?layer=block5_conv3&filter=99999999999999999999', { page: 'analyse', layer: 'block5_conv3', filter: null }],
  ['#/?layer=block4_pool&filter=7', { page: 'analyse', layer: 'block4_pool', filter: 7 }],
  [
    '#/?scale=layer&view=difference&layout=mosaic',
    { page: 'analyse', layer: null, filter: null, scale: 'layer', photos: 'difference', layout: 'mosaic' },
  ],
  ['#/?scale=huge&view=c&layout=', { page: 'analyse', layer: null, filter: null }],
  ['#/?line=0.12', { page: 'analyse', layer: null, filter: null, line: 0.12 }],
  ['#/?layer=block2_conv1&line=1', { page: 'analyse', layer: 'block2_conv1', filter: null, line: 1 }],
  ['#/?line=1.5', { page: 'analyse', layer: null, filter: null }],
  ['#/?line=-0.1', { page: 'analyse', layer: null, filter: null }],
  ['#/?line=', { page: 'analyse', layer: null, filter: null }],
  ['#/?line=NaN', { page: 'analyse', layer: null, filter: null }],
  ['#/?layer=block2_conv1&sample=irregular', { page: 'analyse', layer: 'block2_conv1', filter: null, sample: 'irregular' }],
  ['#/?sample=mine.jpg', { page: 'analyse', layer: null, filter: null }],
  ['#/nowhere?%%%', { page: 'analyse', layer: null, filter: null }],
])('parseRoute(%s)', (hash, route) => {
  expect(parseRoute(hash)).toEqual({ scale: null, photos: null, layout: null, line: null, sample: null, ...route });
});

it.each([
  '#/',
  '#/batch',
  '#/?layer=block2_conv1&filter=49',
  '#/model?layer=block5_conv3',
  '#/?layer=block3_conv3&filter=1&scale=tutorial&view=both&layout=mosaic',
  '#/?line=0.12',
  '#/?layer=block2_conv1&filter=49&line=0.5',
  '#/?layer=block2_conv1&filter=49&sample=regular',
])('%s round-trips', (hash) => {
  expect(formatRoute(parseRoute(hash))).toBe(hash);
});
