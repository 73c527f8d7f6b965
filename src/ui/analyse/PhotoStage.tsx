import { useEffect, useRef } from 'react';
import type { QuarterTurns } from '../../domain/geometry';
import { isHeadHeatMap, type RunId } from '../../domain/analysis';
import type { Slot } from '../../store/app-state';
import { paintPixels } from '../../viewer/tools/paint';
import { useApp, useAppState } from '../app-context';
import { SpotLayer } from '../viewer/SpotLayer';
import { useOverlay } from '../viewer/use-overlay';
import css from './PhotoStage.module.css';

const TEST_IDS = {
  a: { stage: 'photo-stage', mark: 'spot-mark', field: 'receptive-field' },
  b: { stage: 'photo-stage-b', mark: 'spot-mark-b', field: 'receptive-field' },
} as const;

interface PhotoStageProps {
  readonly runId: RunId;
  readonly slot: Slot;
  /** Of the network's picture against the photo on the screen. */
  readonly quarterTurns: QuarterTurns;
}

/** What lies over the square that the network saw: an overlay, and the followed place with its receptive field. */
export function PhotoStage({ runId, slot, quarterTurns }: PhotoStageProps) {
  return (
    <SpotLayer quarterTurns={quarterTurns} testIds={TEST_IDS[slot]}>
      <OverlayCanvas runId={runId} slot={slot} />
    </SpotLayer>
  );
}

function OverlayCanvas({ runId, slot }: Omit<PhotoStageProps, 'quarterTurns'>) {
  const overlay = useOverlay(runId, slot);
  const name = useAppState((state) => state.view.overlay);
  const opacity = useAppState((state) => state.view.overlayOpacity);
  const { flow } = useApp();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    // Also for a photo that comes while the tool that offers these is closed.
    if (slot === 'a' && isHeadHeatMap(name)) void flow.explain.readHead();
  }, [flow, name, runId, slot]);
  useEffect(() => {
    if (canvas.current === null || overlay === null) return;
    const { side, pixels } = overlay;
    paintPixels(canvas.current, pixels, side);
  }, [overlay]);
  if (overlay === null) return null;
  return (
    <canvas
      ref={canvas}
      className={css.overlay}
      data-testid={slot === 'a' ? 'overlay' : 'overlay-b'}
      data-overlay={name}
      style={{ opacity }}
      aria-hidden="true"
    />
  );
}
