import { CONV_LAYERS, type ConvLayerName } from '../../domain/network';

const HEIGHT = 210;
/** Sides shrink 128 -> 8; the drawing shrinks by the square root so that the last layers can still be seen. */
const slabHeight = (side: number): number => 170 * Math.sqrt(side / 128);
/** Thickness grows with the number of maps, 64 -> 512. */
const slabWidth = (channels: number): number => 6 + channels / 20;
/** How far a slab's upper edge leans, as a plate seen from the side. */
const LEAN = 0.22;
const GAP = 12;

interface Slab {
  readonly name: ConvLayerName;
  readonly x: number;
  readonly width: number;
  readonly height: number;
}

function layOutSlabs(): { readonly slabs: readonly Slab[]; readonly width: number } {
  let x = 0;
  const slabs = CONV_LAYERS.map(({ name, side, channels }) => {
    const height = slabHeight(side);
    const slab = { name, x, width: slabWidth(channels), height };
    x += slab.width + GAP + height * LEAN * 0.5;
    return slab;
  });
  return { slabs, width: x + 40 };
}

const SKETCH = layOutSlabs();

/** The 13 convolutions as plates, as high as their maps are and as thick as their maps are many. */
export function NetworkSketch({ layer }: { readonly layer: ConvLayerName }) {
  const label = 'The network: 13 layers of maps, from 64 maps of 128 by 128 to 512 maps of 8 by 8.';
  return (
    <svg className="network-sketch" viewBox={`-4 0 ${SKETCH.width} ${HEIGHT}`} role="img" aria-label={label}>
      {SKETCH.slabs.map(({ name, x, width, height }) => {
        const lean = height * LEAN;
        const top = (HEIGHT - height) / 2;
        return (
          <g key={name} transform={`translate(${x} ${top})`} className={name === layer ? 'slab slab-current' : 'slab'}>
            <path d={`M0 ${lean} h${width} v${height - lean} h${-width} Z`} />
            <path d={`M0 ${lean} l${lean} ${-lean} h${width} l${-lean} ${lean} Z`} />
            <path d={`M${width} ${lean} l${lean} ${-lean} v${height - lean} l${-lean} ${lean} Z`} />
          </g>
        );
      })}
    </svg>
  );
}
