import { useSyncExternalStore } from 'react';
import type { LinkedZoom } from './linked-zoom';

/** One press or key. */
export const ZOOM_STEP = 1.5;

/** How large the maps are shown, with buttons for those who have no wheel. */
export function ZoomControl({ zoom }: { readonly zoom: LinkedZoom }) {
  const percent = useSyncExternalStore(zoom.subscribe, () => Math.round(zoom.level() * 100));
  return (
    <div className="zoom-control" role="group" aria-label="Size of the maps">
      <button
        type="button"
        className="icon-button"
        aria-label="Smaller"
        aria-disabled={percent === 100}
        onClick={() => zoom.zoomBy(1 / ZOOM_STEP)}
      >
        −
      </button>
      <button
        type="button"
        className="icon-button zoom-level"
        aria-label={`${percent} %, back to 100 %`}
        data-testid="zoom-level"
        onClick={() => zoom.reset()}
      >
        {percent} %
      </button>
      <button type="button" className="icon-button" aria-label="Larger" onClick={() => zoom.zoomBy(ZOOM_STEP)}>
        +
      </button>
    </div>
  );
}
