import { useState } from 'react';
import { findLayer, type NetworkShape } from '../../domain/network';
import type { LayerMutes } from '../../domain/analysis';

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
    <ul className="muted-list" aria-label="Muted filters">
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
  return (
    <details
      className="muted-layer"
      open={isOpen}
      onToggle={({ currentTarget }) => {
        setIsOpen(currentTarget.open);
      }}
    >
      <summary>
        <span className="mono">{layer}</span>: {filters.length} {filters.length === 1 ? 'filter' : 'filters'} muted, {kept} kept
      </summary>
      {isOpen && (
        <div className="chips">
          {filters.slice(0, MAX_CHIPS).map((filter) => (
            <button
              key={filter}
              type="button"
              className="button chip"
              aria-label={`Unmute filter ${filter} of ${layer}`}
              onClick={() => {
                onUnmute(layer, filter);
              }}
            >
              {filter} <span aria-hidden="true">×</span>
            </button>
          ))}
          {rest > 0 && <span className="tool-small">and {rest} more</span>}
        </div>
      )}
    </details>
  );
}
