import { describe, expect, it } from 'vitest';
import { lookUpColours } from '../../domain/colour-map';
import { chooseHeatMap, colourHeatMap } from './heat-map';

const HEAD = { gradCam: new Float32Array(64).fill(1), hiResCam: new Float32Array(64).fill(2) };
const OCCLUSION = { side: 2, values: Float32Array.of(-1, 0, 2, Number.NaN) };
const ALL = { head: HEAD, occlusion: OCCLUSION };

describe('chooseHeatMap', () => {
  it('draws both maps of the last layer from zero, in the chosen colours', () => {
    expect(chooseHeatMap('grad-cam', ALL, 'magma')).toMatchObject({
      values: HEAD.gradCam,
      side: 8,
      mode: 'relu',
      colourMap: 'magma',
    });
    expect(chooseHeatMap('hires-cam', ALL, 'magma')).toMatchObject({
      values: HEAD.hiResCam,
      side: 8,
      mode: 'relu',
      colourMap: 'magma',
    });
  });

  it('draws occlusion to both sides of zero', () => {
    expect(chooseHeatMap('occlusion', ALL, 'magma')).toMatchObject({ ...OCCLUSION, mode: 'diverging', colourMap: 'diverging' });
  });

  it.each(['layer-cam', 'HiResCAM', '', 'none', 'map', 'toString'])('knows no heat map of the name "%s"', (name) => {
    expect(chooseHeatMap(name, ALL, 'magma')).toBeNull();
  });

  it('has none before it is computed', () => {
    expect(chooseHeatMap('hires-cam', { head: null, occlusion: OCCLUSION }, 'magma')).toBeNull();
    expect(chooseHeatMap('occlusion', { head: HEAD, occlusion: null }, 'magma')).toBeNull();
  });
});

it('zero has the middle colour of a diverging map, and what is not measured is transparent', () => {
  const colours = lookUpColours('diverging');
  const [low, middle, high, none] = colourHeatMap({ values: OCCLUSION.values, mode: 'diverging', colourMap: 'diverging' });
  expect([low, middle, high, none]).toEqual([colours[64], colours[128], colours[255], 0]);
});
