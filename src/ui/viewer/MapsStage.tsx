import { useMemo, type ReactNode } from 'react';
import { isConvolution, layerBeside, layerOf } from '../../domain/network';
import type { MapPoint } from '../../viewer/AtlasPane';
import { AtlasPanes } from '../../viewer/AtlasPanes';
import { FilterZoom } from '../../viewer/FilterZoom';
import { useApp, useAppState, useNetwork } from '../app-context';
import { setHoverCell, useHoverCell } from './MapsHover';
import type { ShownMaps } from './MapsShown';
import css from './MapsStage.module.css';

const NO_FILTERS: readonly number[] = [];

interface MapsStageProps {
  readonly shown: ShownMaps;
  /** What follows the maps. */
  readonly children: ReactNode;
}

/** The atlases, one filter enlarged, and what follows them. */
export function MapsStage({ shown, children }: MapsStageProps) {
  const { flow } = useApp();
  const network = useNetwork();
  const canMute = isConvolution(network, shown.layer);
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
    void flow.view.selectFilter(chosen);
  };
  const hover = (point: MapPoint | null): void => {
    setHoverCell(point && { layer, ...point });
  };
  const mute = (chosen: number): void => {
    if (canMute) void flow.experiment.toggleMute(layer, chosen);
  };
  const pin = (chosen: number): void => {
    void flow.view.togglePin(layer, chosen);
  };

  const isPair = panes.length > 1;
  return (
    <div className={`${css.stage} ${isPair ? css.two : css.one}`}>
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
          const next = layerBeside(network, layer, step);
          if (next !== null) void flow.view.selectLayer(next);
        }}
        onMute={mute}
        onPin={pin}
      />
      {filter !== null && (
        <div className={css.zoom}>
          <FilterZoom
            panes={zoomPanes}
            filter={filter}
            isBelow={isPair}
            scaleName={scale}
            hovered={hovered}
            spotCell={spotCell}
            isPinned={pinned.includes(filter)}
            isMuted={muted.includes(filter)}
            canMute={canMute}
            onSelect={select}
            onHoverCell={hover}
            onPickCell={({ cell }) => {
              const cellPx = network.input.side / layerOf(network, layer).side;
              flow.view.followSpot({ x: (cell.x + 0.5) * cellPx, y: (cell.y + 0.5) * cellPx });
            }}
            onPin={pin}
            onMute={mute}
          />
        </div>
      )}
      <div className={css.more}>{children}</div>
    </div>
  );
}
