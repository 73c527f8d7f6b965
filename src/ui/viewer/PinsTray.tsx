import { MapThumb } from '../../viewer/MapThumb';
import { words } from '../../words/words';
import { useApp, useAppState } from '../app-context';
import css from './PinsTray.module.css';

/** Filters that were pinned, of any layer; a press goes there. Photo A above, B below. */
export function PinsTray() {
  const { flow, cache } = useApp();
  const pins = useAppState((state) => state.pins);
  const colourMap = useAppState((state) => state.view.colourMap);
  const layer = useAppState((state) => state.view.layer);
  const chosen = useAppState((state) => state.view.filter);
  const runA = useAppState((state) => state.photos.a.result?.runId ?? null);
  const runB = useAppState((state) => state.photos.b.result?.runId ?? null);
  // Pinned maps arrive one by one.
  useAppState((state) => state.heavyVersion);
  if (pins.length === 0) return null;
  const runs = [runA, runB].filter((run) => run !== null);
  const { title, ownRange, ownRangeOfTwo, show, remove } = words.viewer.pins;
  return (
    <section className={css.pins} aria-labelledby="pins-title">
      <h3 id="pins-title">
        <span>{title}</span> <span className={css.how}>{runB === null ? ownRange : ownRangeOfTwo}</span>
      </h3>
      <ul className={css.tray} data-testid="pins-tray">
        {pins.map((pin) => (
          <li key={`${pin.layer}/${pin.filter}`} data-layer={pin.layer} data-filter={pin.filter}>
            <button
              type="button"
              className={css.jump}
              aria-label={show(pin.layer, pin.filter)}
              aria-pressed={pin.layer === layer && pin.filter === chosen}
              onClick={() => void flow.view.show(pin.layer, pin.filter)}
            >
              <span className={css.maps}>
                {runs.map((run) => (
                  <MapThumb key={run} map={cache.map(run, pin.layer, pin.filter)} colourMap={colourMap} />
                ))}
              </span>
              <span className={css.name}>
                <span>{pin.layer.replace('block', 'b').replace('_', ' ')}</span>
                <b>{pin.filter}</b>
              </span>
            </button>
            <button
              type="button"
              className={`icon-button ${css.unpin}`}
              aria-label={remove(pin.layer, pin.filter)}
              onClick={() => void flow.view.togglePin(pin.layer, pin.filter)}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
