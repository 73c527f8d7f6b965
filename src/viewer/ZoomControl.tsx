import { useSyncExternalStore } from 'react';
import { words } from '../words/words';
import type { LinkedZoom } from './linked-zoom';
import css from './ZoomControl.module.css';

/** One press or key. */
export const ZOOM_STEP = 1.5;

/** How large the maps are shown, with buttons for those who have no wheel. */
export function ZoomControl({ zoom }: { readonly zoom: LinkedZoom }) {
  const percent = useSyncExternalStore(zoom.subscribe, () => Math.round(zoom.level() * 100));
  const { label, smaller, larger, percent: percentWords, back } = words.viewer.size;
  return (
    <div className={css.control} role="group" aria-label={label}>
      <button
        type="button"
        className="icon-button"
        aria-label={smaller}
        aria-disabled={percent === 100}
        onClick={() => zoom.zoomBy(1 / ZOOM_STEP)}
      >
        −
      </button>
      <button
        type="button"
        className={`icon-button ${css.level}`}
        aria-label={back(percent)}
        data-testid="zoom-level"
        onClick={() => zoom.reset()}
      >
        {percentWords(percent)}
      </button>
      <button type="button" className="icon-button" aria-label={larger} onClick={() => zoom.zoomBy(ZOOM_STEP)}>
        +
      </button>
    </div>
  );
}
