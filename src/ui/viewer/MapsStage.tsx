import { useMemo } from 'react';
import { INPUT_PX, isConvLayerName, mapLayer, MAP_LAYERS, type MapLayerName } from '../../domain/network';
import type { MapPoint } from '../../viewer/AtlasPane';
import { AtlasPanes } from '../../viewer/AtlasPanes';
import { FilterZoom } from '../../viewer/FilterZoom';
import { useApp, useAppState } from '../app-context';
import { setHoverCell, useHoverCell } from './MapsHover';
import type { ShownMaps } from './MapsShown';

const NO_FILTERS: readonly number[] = [];

/** The atlases and, beside them, one filter enlarged. */
export function MapsStage({ shown }: { readonly shown: ShownMaps }) {
  const { flow } = useApp();
  const { layer, panes, zoomPanes, order, filter, spotCell } = shown;
  const layout = useAppState((state) => state.view.layout);
  const scale = useAppState((state) => state.view.scale);
  const orderName = useAppState((state) => state.view.order);
  const muted = useAppState((state) => state.experiment.mutes.find((mute) => mute.layer === layer)?.filters ?? NO_FILTERS);
  const pins = useAppState((state) => state.pins);
  const hoveredCell = useHoverCell();
  const hovered = hoveredCell?.layer === layer ? hoveredCell : null;
  const pinned = useMemo(() => pins.filter((pin) => pin.layer === layer).map((pin) => pin.filter), [pins, layer]);

  const select = (chosen: number): void => {
    void flow.selectFilter(chosen);
  };
  const hover = (point: MapPoint | null): void => {
    setHoverCell(point && { layer, ...point });
  };
  const mute = (chosen: number): void => {
    if (isConvLayerName(layer)) void flow.toggleMute(layer, chosen);
  };
  const pin = (chosen: number): void => {
    void flow.togglePin(layer, chosen);
  };

  return (
    <div className={`viewer-stage viewer-stage-${panes.length}`}>
      <AtlasPanes
        panes={panes}
        order={order}
        layout={layout}
        scaleName={scale}
        orderName={orderName}
        selected={filter}
        hovered={hovered}
        muted={muted}
        pinned={pinned}
        onSelect={select}
        onHoverCell={hover}
        onStepLayer={(step) => {
          const next = layerBeside(layer, step);
          if (next !== undefined) void flow.selectLayer(next);
        }}
        onMute={mute}
        onPin={pin}
      />
      {filter !== null && (
        <FilterZoom
          panes={zoomPanes}
          filter={filter}
          scaleName={scale}
          hovered={hovered}
          spotCell={spotCell}
          isPinned={pinned.includes(filter)}
          isMuted={muted.includes(filter)}
          canMute={isConvLayerName(layer)}
          onSelect={select}
          onHoverCell={hover}
          onPickCell={({ cell }) => {
            const cellPx = INPUT_PX / mapLayer(layer).side;
            flow.followSpot({ x: (cell.x + 0.5) * cellPx, y: (cell.y + 0.5) * cellPx });
          }}
          onPin={pin}
          onMute={mute}
          onKeepOnly={(kept) => {
            if (isConvLayerName(layer)) void flow.keepOnly(layer, [kept]);
          }}
        />
      )}
    </div>
  );
}

function layerBeside(layer: MapLayerName, step: 1 | -1): MapLayerName | undefined {
  return MAP_LAYERS[MAP_LAYERS.findIndex(({ name }) => name === layer) + step]?.name;
}
