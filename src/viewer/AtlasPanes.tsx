import { useEffect, useState, type KeyboardEvent } from 'react';
import { tileRect } from '../domain/atlas';
import type { AtlasLayout } from '../domain/view-route';
import { words } from '../words/words';
import { actOnKey } from './act-on-key';
import { AtlasPane, type MapPoint } from './AtlasPane';
import css from './AtlasPanes.module.css';
import { KeysHelp } from './KeysHelp';
import { layOut } from './lay-out';
import { LinkedZoom } from './linked-zoom';
import { describeMap, valueAt, type PaneMaps } from './pane';
import plate from './plate.module.css';
import { useWidthCss } from './use-width-css';
import { ZOOM_STEP, ZoomControl } from './ZoomControl';

interface AtlasPanesProps {
  /** One or more, all of the same layer. */
  readonly panes: readonly PaneMaps[];
  /** The filters shown, first place to last; the same array as long as they are the same. */
  readonly order: Uint16Array;
  readonly layout: AtlasLayout;
  readonly scaleName: string;
  readonly orderName: string;
  readonly selected: number | null;
  readonly hovered: MapPoint | null;
  readonly muted: readonly number[];
  readonly pinned: readonly number[];
  readonly onSelect: (filter: number) => void;
  readonly onHoverCell: (point: MapPoint | null) => void;
  readonly onStepLayer: (step: 1 | -1) => void;
  readonly onMute: (filter: number) => void;
  readonly onPin: (filter: number) => void;
}

/** The atlases of one or two photos, or of their difference, with one cursor, one zoom and one readout for all. */
export function AtlasPanes({ panes, order, layout, scaleName, orderName, selected, hovered, ...props }: AtlasPanesProps) {
  const { muted, pinned, onSelect, onHoverCell, onStepLayer, onMute, onPin } = props;
  const [firstPane, paneCss] = useWidthCss();
  const [zoom] = useState(() => new LinkedZoom());
  const [main] = panes;
  const layer = main?.maps.layer ?? null;
  const { current, hasCursor, setCursor } = useCursor(layer, order, selected);

  useEffect(() => {
    // A new layer begins with all of its maps in view.
    zoom.reset();
  }, [zoom, layer]);

  if (main === undefined) return null;
  const { grid, widthCss } = layOut(layout, main.maps.channels, order.length, {
    widthCss: paneCss,
    windowHeightCss: window.innerHeight,
  });

  const place = order.indexOf(current);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isOurs = actOnKey(
      event.key,
      { place, columns: grid.columns, count: order.length },
      {
        choose: () => onSelect(current),
        mute: () => onMute(current),
        pin: () => onPin(current),
        stepLayer: onStepLayer,
        zoom(direction) {
          moveZoom(zoom, direction);
          if (direction !== 'back') zoom.reveal(tileRect(grid, place));
        },
        moveTo(next) {
          setCursor(order[next]!);
          onHoverCell(null);
          zoom.reveal(tileRect(grid, next));
        },
      },
    );
    if (isOurs) event.preventDefault();
  };

  return (
    <div className={css.atlas}>
      <div className={panes.length > 1 ? `${css.panes} ${css.two}` : css.panes}>
        {panes.map((pane, index) => (
          <div className={css.slot} key={pane.id} ref={index === 0 ? firstPane : undefined}>
            {order.length === 0 ? (
              <p className={plate.note}>{words.viewer.atlas.allHidden}</p>
            ) : (
              <AtlasPane
                pane={pane}
                grid={grid}
                order={order}
                scaleName={scaleName}
                orderName={orderName}
                widthCss={widthCss}
                zoom={zoom}
                selected={selected}
                current={current}
                hasCursor={hasCursor}
                hovered={hovered?.filter ?? null}
                muted={muted}
                pinned={pinned}
                onPoint={onHoverCell}
                onSelect={onSelect}
                onKeyDown={onKeyDown}
                onBlur={() => setCursor(null)}
              />
            )}
          </div>
        ))}
      </div>
      <div className={css.foot}>
        <p className={css.caption} data-testid="map-readout">
          {readOut(panes, hovered, hasCursor ? current : selected)}
        </p>
        <ZoomControl zoom={zoom} />
      </div>
      <KeysHelp />
    </div>
  );
}

/** The filter that keys act on: where they went in this layer, else the chosen one, else the first that is shown. */
function useCursor(layer: string | null, order: Uint16Array, selected: number | null) {
  const [cursor, setCursor] = useState<{ readonly layer: string | null; readonly filter: number } | null>(null);
  const hasCursor = cursor !== null && cursor.layer === layer && order.includes(cursor.filter);
  const wanted = hasCursor ? cursor.filter : (selected ?? 0);
  return {
    current: order.includes(wanted) ? wanted : (order[0] ?? 0),
    hasCursor,
    setCursor: (filter: number | null): void => {
      setCursor(filter === null ? null : { layer, filter });
    },
  };
}

function moveZoom(zoom: LinkedZoom, direction: 'in' | 'out' | 'back'): void {
  if (direction === 'back') zoom.reset();
  else zoom.zoomBy(direction === 'in' ? ZOOM_STEP : 1 / ZOOM_STEP);
}

function readOut(panes: readonly PaneMaps[], hovered: MapPoint | null, named: number | null): string {
  const { atCell, chooseMap, ofMap } = words.viewer.atlas;
  if (hovered !== null) {
    const { filter, cell } = hovered;
    const values = panes.map((pane) => ({ pane: pane.id, value: valueAt(pane, filter, cell) }));
    return atCell(filter, { ...cell, values });
  }
  if (named === null) return chooseMap;
  return ofMap(
    named,
    panes.map((pane) => ({ pane: pane.id, text: describeMap(pane, named) })),
  );
}
