import { useState } from 'react';
import { findLayer, type NetworkShape } from '../../domain/network';
import type { LayerMutes } from '../../domain/analysis';
import { words } from '../../words/words';
import css from './MutedList.module.css';
import tools from './tools.module.css';

/** So many chips can be looked through; of a layer that is muted nearly whole, the rest is summed up. */
const MAX_CHIPS = 64;
/** So few are shown without being asked for. */
const OPEN_CHIPS = 12;

interface MutedListProps {
  readonly network: NetworkShape;
  readonly mutes: readonly LayerMutes[];
  readonly onUnmute: (layer: string, filter: number) => void;
}

/** The muted filters, layer by layer; a click on one unmutes it. */
export function MutedList({ network, mutes, onUnmute }: MutedListProps) {
  return (
    <ul className={css.list} aria-label={words.viewer.tools.muted.title}>
      {mutes.map(({ layer, filters }) => (
        <li key={layer}>
          <MutedLayer
            channels={findLayer(network, layer)?.channels ?? filters.length}
            layer={layer}
            filters={filters}
            onUnmute={onUnmute}
          />
        </li>
      ))}
    </ul>
  );
}

interface MutedLayerProps extends LayerMutes {
  /** Of the whole layer. */
  readonly channels: number;
  readonly onUnmute: MutedListProps['onUnmute'];
}

function MutedLayer({ channels, layer, filters, onUnmute }: MutedLayerProps) {
  const [isOpen, setIsOpen] = useState(filters.length <= OPEN_CHIPS);
  const kept = channels - filters.length;
  const rest = filters.length - MAX_CHIPS;
  const { muted } = words.viewer.tools;
  return (
    <details
      className={tools.details}
      open={isOpen}
      onToggle={({ currentTarget }) => {
        setIsOpen(currentTarget.open);
      }}
    >
      <summary>{muted.layer(<span className="mono">{layer}</span>, filters.length, kept)}</summary>
      {isOpen && (
        <div className={css.chips}>
          {filters.slice(0, MAX_CHIPS).map((filter) => (
            <button
              key={filter}
              type="button"
              className={`button ${tools.chip}`}
              aria-label={muted.unmute(filter, layer)}
              onClick={() => {
                onUnmute(layer, filter);
              }}
            >
              <span>{filter}</span> <span aria-hidden="true">×</span>
            </button>
          ))}
          {rest > 0 && <span className={tools.small}>{muted.more(rest)}</span>}
        </div>
      )}
    </details>
  );
}
