import { memo, type CSSProperties } from 'react';
import type { NetworkShape } from '../domain/network';
import { words } from '../words/words';
import { groupLayers } from './layer-groups';
import css from './LayerRail.module.css';

interface LayerRailProps {
  readonly network: NetworkShape;
  readonly layer: string;
  readonly onSelect: (layer: string) => void;
}

/** The whole network in one line, photo to score: a bar a layer, as tall as its maps are wide. For wide screens. */
export const LayerRail = memo(function LayerRail({ network, layer, onSelect }: LayerRailProps) {
  const { rail, block: blockName, barLabel, barTitle, size } = words.viewer.layers;
  return (
    <div className={css.rail} role="group" aria-label={rail}>
      {groupLayers(network).map(({ block, side: blockSide, layers }) => (
        <div className={css.block} key={block} style={{ flexGrow: layers.length }}>
          <div className={css.bars}>
            {layers.map(({ name, kind, side, channels }) => (
              <button
                key={name}
                type="button"
                className={kind === 'conv' ? undefined : css.pool}
                aria-pressed={name === layer}
                aria-label={barLabel(name, channels, side)}
                title={barTitle(name, channels, side)}
                // Height by the square root, so that 4 is still seen next to 128.
                style={{ '--bar': Math.sqrt(side / network.input.side) } as CSSProperties}
                onClick={() => {
                  onSelect(name);
                }}
              >
                <span className={css.bar} />
              </button>
            ))}
          </div>
          <span className={css.name}>
            <span>{blockName(block)}</span>
            <small>{size(blockSide)}</small>
          </span>
        </div>
      ))}
    </div>
  );
});
