import { useEffect, useState, type KeyboardEvent } from 'react';
import { tileRect } from '../domain/atlas';
import type { AtlasLayout } from '../domain/view-route';
import { AtlasPane, type MapPoint } from './AtlasPane';
import { formatActivation } from './format-activation';
import { KeysHelp } from './KeysHelp';
import { layOut } from './lay-out';
import { LinkedZoom } from './linked-zoom';
import { moveInGrid } from './move-in-grid';
import { describeMap, PANE_NAMES, valueAt, type PaneMaps } from './pane';
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
  const [cursor, setCursor] = useState<{ readonly layer: string; readonly filter: number } | null>(null);
  const [main] = panes;
  const layer = main?.maps.layer ?? null;

  useEffect(() => {
    // A new layer begins with all of its maps in view.
    zoom.reset();
  }, [zoom, layer]);

  if (main === undefined) return null;
  const { channels } = main.maps;
  const { grid, widthCss } = layOut(layout, channels, order.length, {
    widthCss: paneCss,
    windowHeightCss: window.innerHeight,
  });
  const hasCursor = cursor !== null && cursor.layer === layer && order.includes(cursor.filter);
  const wanted = hasCursor ? cursor.filter : (selected ?? 0);
  const current = order.includes(wanted) ? wanted : (order[0] ?? 0);

  const moveTo = (place: number): void => {
    setCursor({ layer: main.maps.layer, filter: order[place]! });
    onHoverCell(null);
    zoom.reveal(tileRect(grid, place));
  };

  const zoomBy = (factor: number): void => {
    zoom.zoomBy(factor);
    zoom.reveal(tileRect(grid, order.indexOf(current)));
  };

  /** @returns Whether the key means something here. */
  const press = (key: string): boolean => {
    switch (key) {
      case 'Enter':
      case ' ':
        onSelect(current);
        return true;
      case '[':
        onStepLayer(-1);
        return true;
      case ']':
        onStepLayer(1);
        return true;
      case '+':
      case '=':
        zoomBy(ZOOM_STEP);
        return true;
      case '-':
        zoomBy(1 / ZOOM_STEP);
        return true;
      case '0':
        zoom.reset();
        return true;
      case 'm':
        onMute(current);
        return true;
      case 'p':
        onPin(current);
        return true;
      default: {
        const place = moveInGrid(key, order.indexOf(current), grid.columns, order.length);
        if (place !== null) moveTo(place);
        return place !== null;
      }
    }
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (press(event.key)) event.preventDefault();
  };

  return (
    <div className="atlas">
      <div className={`atlas-panes atlas-panes-${panes.length}`}>
        {panes.map((pane, index) => (
          <div className="atlas-slot" key={pane.id} ref={index === 0 ? firstPane : undefined}>
            {order.length === 0 ? (
              <p className="viewer-note">Every map of this layer is silent here, and silent maps are hidden.</p>
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
      <div className="atlas-foot">
        <p className="atlas-caption" data-testid="map-readout">
          {readOut(panes, hovered, hasCursor ? current : selected)}
        </p>
        <ZoomControl zoom={zoom} />
      </div>
      <KeysHelp />
    </div>
  );
}

function readOut(panes: readonly PaneMaps[], hovered: MapPoint | null, named: number | null): string {
  if (hovered !== null) {
    const { filter, cell } = hovered;
    const values = panes.map((pane) => {
      const value = formatActivation(valueAt(pane, filter, cell));
      return panes.length === 1 ? value : `${PANE_NAMES[pane.id]} ${value}`;
    });
    return `Filter ${filter} at x ${cell.x}, y ${cell.y}: ${values.join(' · ')}`;
  }
  if (named === null) return 'Choose a map to enlarge it.';
  const words = panes.map((pane) => (panes.length === 1 ? '' : `${PANE_NAMES[pane.id]} `) + describeMap(pane, named));
  return `Filter ${named}: ${words.join(' · ')}`;
}
