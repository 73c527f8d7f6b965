import { describe, expect, it } from 'vitest';
import type { HeatMap } from '../../domain/analysis';
import { lookUpColours } from '../../domain/colour-map';
import { chooseHeatMap, colourHeatMap, layHeatMap } from './heat-map';

const GRAD_CAM: HeatMap = { name: 'grad-cam', side: 8, values: new Float32Array(64).fill(1) };
const HIRES_CAM: HeatMap = { name: 'hires-cam', side: 3, values: new Float32Array(9).fill(2) };
const HEAD = { heatMaps: [GRAD_CAM, HIRES_CAM] };
const OCCLUSION = { side: 2, values: Float32Array.of(-1, 0, 2, Number.NaN) };
const ALL = { head: HEAD, occlusion: OCCLUSION };

describe('chooseHeatMap', () => {
  it('draws the maps of the last layer from zero, each with its own side, in the chosen colours', () => {
    expect(chooseHeatMap('grad-cam', ALL, 'magma')).toMatchObject({
      values: GRAD_CAM.values,
      side: 8,
      mode: 'relu',
      colourMap: 'magma',
    });
    expect(chooseHeatMap('hires-cam', ALL, 'magma')).toMatchObject({
      values: HIRES_CAM.values,
      side: 3,
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
    expect(chooseHeatMap('hires-cam', { ...ALL, head: { heatMaps: [GRAD_CAM] } }, 'magma')).toBeNull();
    expect(chooseHeatMap('hires-cam', { head: null, occlusion: OCCLUSION }, 'magma')).toBeNull();
    expect(chooseHeatMap('occlusion', { head: HEAD, occlusion: null }, 'magma')).toBeNull();
  });
});

it('zero has the middle colour of a diverging map, and what is not measured is transparent', () => {
  const colours = lookUpColours('diverging');
  const [low, middle, high, none] = colourHeatMap({ values: OCCLUSION.values, mode: 'diverging', colourMap: 'diverging' });
  expect([low, middle, high, none]).toEqual([colours[64], colours[128], colours[255], 0]);
});

describe('layHeatMap', () => {
  const alphaOf = (pixel: number): number => pixel >>> 24;

  it('covers the photo by how far a value lies from zero, in the colours of the map', () => {
    const map = { values: Float32Array.of(-2, -1, 0, 1, 2), mode: 'diverging', colourMap: 'diverging' } as const;
    const pixels = layHeatMap(map);
    expect([...pixels].map(alphaOf)).toEqual([255, 128, 0, 128, 255]);
    expect([...pixels].map((pixel) => pixel & 0xffffff)).toEqual([...colourHeatMap(map)].map((pixel) => pixel & 0xffffff));
  });

  it('shows the photo where a map from zero on is zero or below it', () => {
    const pixels = layHeatMap({ values: Float32Array.of(-8, 0, 1, 4), mode: 'relu', colourMap: 'magma' });
    expect([...pixels].map(alphaOf)).toEqual([0, 0, 64, 255]);
    const flat = layHeatMap({ values: Float32Array.of(0, -1), mode: 'relu', colourMap: 'magma' });
    expect([...flat].map(alphaOf)).toEqual([0, 0]);
  });

  it('veils what is not measured yet, so that it is no zero', () => {
    const [zero, none] = layHeatMap({ values: Float32Array.of(0, Number.NaN, 1), mode: 'diverging', colourMap: 'diverging' });
    expect(alphaOf(zero!)).toBe(0);
    expect(alphaOf(none!)).toBeGreaterThan(128);
  });
});
