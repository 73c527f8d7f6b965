import type { MapCell } from '../domain/receptive-field';
import { formatActivation } from '../words/format-values';
import { words } from '../words/words';
import type { MapPoint } from './AtlasPane';
import { FilterStepper } from './FilterStepper';
import css from './FilterZoom.module.css';
import { FoldOnPhone } from './FoldOnPhone';
import { valueAt, type PaneMaps } from './pane';
import plate from './plate.module.css';
import { ZoomFigure } from './ZoomFigure';

interface FilterZoomProps {
  /** The maps to enlarge, side by side; all of the same layer. */
  readonly panes: readonly PaneMaps[];
  readonly filter: number;
  /** Below two atlases, where it stays in sight; else beside one. */
  readonly isBelow: boolean;
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
}

const COUNT_CLASSES = [css.one, css.two, css.three];

/** One filter's maps, enlarged, with their numbers and what can be done with the filter. */
export function FilterZoom({ panes, filter, isBelow, scaleName, hovered, spotCell, ...props }: FilterZoomProps) {
  const { isPinned, isMuted, canMute, onSelect, onHoverCell, onPickCell, onPin, onMute } = props;
  const [main] = panes;
  if (main === undefined) return null;
  const { layer, channels } = main.maps;
  const hoveredCell = hovered?.filter === filter ? hovered.cell : null;
  const readCell = hoveredCell ?? spotCell;
  const { zoom } = words.viewer;
  return (
    <section
      className={`${css.zoom} ${COUNT_CLASSES[panes.length - 1]} ${isBelow ? css.below : css.beside}`}
      aria-labelledby="zoom-title"
    >
      <h3 id="zoom-title">
        <span>{zoom.title(layer, filter)}</span> {isMuted && <span className={css.muted}>{zoom.muted}</span>}
      </h3>
      <div className={css.figures}>
        {panes.map((pane) => (
          <ZoomFigure
            key={pane.id}
            pane={pane}
            filter={filter}
            isNamed={panes.length > 1}
            scaleName={scaleName}
            hoveredCell={hoveredCell}
            spotCell={spotCell}
            onHoverCell={(cell) => onHoverCell(cell === null ? null : { filter, cell })}
            onPickCell={(cell) => onPickCell({ filter, cell })}
          />
        ))}
      </div>
      <p className={readCell === null ? `${css.readout} ${css.readoutEmpty}` : css.readout} data-testid="zoom-readout">
        {readCell === null ? zoom.pointAtMap : readValues(panes, { filter, cell: readCell })}
      </p>
      <div className={css.steps}>
        <FilterStepper filter={filter} channels={channels} onSelect={onSelect} />
        <button type="button" className="button" aria-pressed={isPinned} data-testid="pin-filter" onClick={() => onPin(filter)}>
          {zoom.pin}
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
          {zoom.mute}
        </button>
      </div>
      <FoldOnPhone summary={zoom.more} className={css.more}>
        <ZoomFacts panes={panes.filter(({ id }) => id !== 'difference')} filter={filter} />
        {!canMute && <p className={plate.note}>{zoom.aboutPools}</p>}
      </FoldOnPhone>
    </section>
  );
}

function readValues(panes: readonly PaneMaps[], { filter, cell }: MapPoint): string {
  const values = panes.map((pane) => ({ pane: pane.id, value: valueAt(pane, filter, cell) }));
  return words.viewer.zoom.atCell({ ...cell, values });
}

function ZoomFacts({ panes, filter }: { readonly panes: readonly PaneMaps[]; readonly filter: number }) {
  const { facts } = words.viewer.zoom;
  const rows: readonly (readonly [string, (pane: PaneMaps) => string])[] = [
    [facts.least, ({ maps }) => formatActivation(maps.min[filter] ?? 0)],
    [facts.greatest, ({ maps }) => formatActivation(maps.max[filter] ?? 0)],
    [facts.mean, ({ maps }) => formatActivation(maps.mean[filter] ?? 0)],
    [facts.deviation, ({ maps }) => formatActivation(maps.deviation[filter] ?? 0)],
    [facts.active, ({ maps }) => facts.activeShare(maps.active[filter] ?? 0)],
  ];
  return (
    <table className={css.facts}>
      <thead>
        <tr>
          <td />
          {panes.map(({ id }) => (
            <th key={id} scope="col">
              {words.viewer.panes[id]}
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
