import type { CSSProperties } from 'react';
import type { NetworkShape } from '../domain/network';
import { groupLayers } from './layer-groups';

interface LayerRailProps {
  readonly network: NetworkShape;
  readonly layer: string;
  readonly onSelect: (layer: string) => void;
}

/** The whole network in one line, photo to score: a bar a layer, as tall as its maps are wide. For wide screens. */
export function LayerRail({ network, layer, onSelect }: LayerRailProps) {
  return (
    <div className="layer-rail" role="group" aria-label="Layers of the network, from photo to score">
      {groupLayers(network).map(({ block, side: blockSide, layers }) => (
        <div className="layer-rail-block" key={block} style={{ flexGrow: layers.length }}>
          <div className="layer-rail-bars">
            {layers.map(({ name, kind, side, channels }) => (
              <button
                key={name}
                type="button"
                className={kind === 'conv' ? undefined : 'layer-rail-pool'}
                aria-pressed={name === layer}
                aria-label={`${name}: ${channels} maps of ${side} by ${side}`}
                title={`${name} · ${channels} maps of ${side}×${side}`}
                // Height by the square root, so that 4 is still seen next to 128.
                style={{ '--bar': Math.sqrt(side / network.input.side) } as CSSProperties}
                onClick={() => {
                  onSelect(name);
                }}
              >
                <span className="layer-rail-bar" />
              </button>
            ))}
          </div>
          <span className="layer-rail-name">
            Block {block}
            <small>
              {blockSide}×{blockSide}
            </small>
          </span>
        </div>
      ))}
    </div>
  );
}
