import type { MapCell } from '../domain/receptive-field';
import type { MapPoint } from './AtlasPane';
import { FilterStepper } from './FilterStepper';
import { FoldOnPhone } from './FoldOnPhone';
import { formatActivation } from './format-activation';
import { PANE_NAMES, valueAt, type PaneMaps } from './pane';
import { ZoomFigure } from './ZoomFigure';

interface FilterZoomProps {
  /** The maps to enlarge, side by side; all of the same layer. */
  readonly panes: readonly PaneMaps[];
  readonly filter: number;
  readonly scaleName: string;
  readonly hovered: MapPoint | null;
  /** The value at the spot that is followed. */
  readonly spotCell: MapCell | null;
  readonly isPinned: boolean;
  readonly isMuted: boolean;
  /** Muting is for convolutions only. */
  readonly canMute: boolean;
  readonly onSelect: (filter: number) => void;
  readonly onHoverCell: (point: MapPoint | null) => void;
  readonly onPickCell: (point: MapPoint) => void;
  readonly onPin: (filter: number) => void;
  readonly onMute: (filter: number) => void;
  readonly onKeepOnly: (filter: number) => void;
}

/** One filter's maps, enlarged, with their numbers and what can be done with the filter. */
export function FilterZoom({ panes, filter, scaleName, hovered, spotCell, ...props }: FilterZoomProps) {
  const { isPinned, isMuted, canMute, onSelect, onHoverCell, onPickCell, onPin, onMute, onKeepOnly } = props;
  const [main] = panes;
  if (main === undefined) return null;
  const { layer, channels } = main.maps;
  const hoveredCell = hovered?.filter === filter ? hovered.cell : null;
  const readCell = hoveredCell ?? spotCell;
  return (
    <section className={`zoom zoom-${panes.length}`} aria-labelledby="zoom-title">
      <h3 id="zoom-title">
        {layer} <span>filter {filter}</span>
        {isMuted && <span className="zoom-muted"> muted</span>}
      </h3>
      <div className="zoom-figures">
        {panes.map((pane) => (
          <ZoomFigure
            key={pane.id}
            pane={pane}
            filter={filter}
            scaleName={scaleName}
            hoveredCell={hoveredCell}
            spotCell={spotCell}
            onHoverCell={(cell) => onHoverCell(cell === null ? null : { filter, cell })}
            onPickCell={(cell) => onPickCell({ filter, cell })}
          />
        ))}
      </div>
      <p className={readCell === null ? 'zoom-readout zoom-readout-empty' : 'zoom-readout'} data-testid="zoom-readout">
        {readCell === null ? 'Point at a map to read a value.' : readValues(panes, { filter, cell: readCell })}
      </p>
      <div className="zoom-steps">
        <FilterStepper filter={filter} channels={channels} onSelect={onSelect} />
        <button type="button" className="button" aria-pressed={isPinned} data-testid="pin-filter" onClick={() => onPin(filter)}>
          Pin
        </button>
        <button
          type="button"
          className="button"
          aria-pressed={isMuted}
          aria-disabled={!canMute}
          data-testid="mute-filter"
          onClick={() => {
            if (canMute) onMute(filter);
          }}
        >
          Mute
        </button>
      </div>
      <FoldOnPhone summary="Numbers and more" className="zoom-more">
        <ZoomFacts panes={panes.filter(({ id }) => id !== 'difference')} filter={filter} />
        <button
          type="button"
          className="button small"
          aria-disabled={!canMute}
          data-testid="zoom-keep-only"
          onClick={() => {
            if (canMute) onKeepOnly(filter);
          }}
        >
          Keep only this
        </button>
        <p className="viewer-note">
          {canMute
            ? 'Muting sets this map to 0 and computes the score anew; keeping only this mutes the rest of the layer.'
            : 'A pool takes maxima only: mute filters in the convolution before it.'}
        </p>
      </FoldOnPhone>
    </section>
  );
}

function readValues(panes: readonly PaneMaps[], { filter, cell }: MapPoint): string {
  const values = panes.map((pane) => `${PANE_NAMES[pane.id]} ${formatActivation(valueAt(pane, filter, cell))}`);
  return `x ${cell.x}, y ${cell.y}: ${values.join(' · ')}`;
}

function ZoomFacts({ panes, filter }: { readonly panes: readonly PaneMaps[]; readonly filter: number }) {
  const rows: readonly (readonly [string, (pane: PaneMaps) => string])[] = [
    ['Least', ({ maps }) => formatActivation(maps.min[filter] ?? 0)],
    ['Greatest', ({ maps }) => formatActivation(maps.max[filter] ?? 0)],
    ['Mean', ({ maps }) => formatActivation(maps.mean[filter] ?? 0)],
    ['Deviation', ({ maps }) => formatActivation(maps.deviation[filter] ?? 0)],
    ['Above zero', ({ maps }) => `${Math.round((maps.active[filter] ?? 0) * 100)} %`],
  ];
  return (
    <table className="zoom-facts">
      <thead>
        <tr>
          <td />
          {panes.map(({ id }) => (
            <th key={id} scope="col">
              {PANE_NAMES[id]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, read]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {panes.map((pane) => (
              <td key={pane.id}>{read(pane)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
