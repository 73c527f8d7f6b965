import { useMemo } from 'react';
import { convolutionsOf, type NetworkShape } from '../../domain/network';
import { words } from '../../words/words';
import { useNetwork } from '../app-context';
import css from './NetworkSketch.module.css';

const HEIGHT = 210;
/** Sides shrink to a sixteenth; the drawing shrinks by the square root so that the last layers can still be seen. */
const slabHeight = (side: number, inputSide: number): number => 170 * Math.sqrt(side / inputSide);
/** Thickness grows with the number of maps. */
const slabWidth = (channels: number): number => 6 + channels / 20;
/** How far a slab's upper edge leans, as a plate seen from the side. */
const LEAN = 0.22;
const GAP = 12;

interface Slab {
  readonly name: string;
  readonly x: number;
  readonly width: number;
  readonly height: number;
}

function layOutSlabs(network: NetworkShape): { readonly slabs: readonly Slab[]; readonly width: number } {
  let x = 0;
  const slabs = convolutionsOf(network).map(({ name, side, channels }) => {
    const height = slabHeight(side, network.input.side);
    const slab = { name, x, width: slabWidth(channels), height };
    x += slab.width + GAP + height * LEAN * 0.5;
    return slab;
  });
  return { slabs, width: x + 40 };
}

/** The convolutions as plates, as high as their maps are and as thick as their maps are many. */
export function NetworkSketch({ layer }: { readonly layer: string }) {
  const network = useNetwork();
  const sketch = useMemo(() => layOutSlabs(network), [network]);
  const convolutions = convolutionsOf(network);
  const label = words.analyse.viewer.sketch(convolutions.length, convolutions[0]!, convolutions.at(-1)!);
  return (
    <svg className={css.sketch} viewBox={`-4 0 ${sketch.width} ${HEIGHT}`} role="img" aria-label={label}>
      {sketch.slabs.map(({ name, x, width, height }) => {
        const lean = height * LEAN;
        const top = (HEIGHT - height) / 2;
        return (
          <g key={name} transform={`translate(${x} ${top})`} className={name === layer ? `${css.slab} ${css.current}` : css.slab}>
            <path d={`M0 ${lean} h${width} v${height - lean} h${-width} Z`} />
            <path d={`M0 ${lean} l${lean} ${-lean} h${width} l${-lean} ${lean} Z`} />
            <path d={`M${width} ${lean} l${lean} ${-lean} v${height - lean} l${-lean} ${lean} Z`} />
          </g>
        );
      })}
    </svg>
  );
}
