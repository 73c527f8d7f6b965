import { MapThumb } from '../../viewer/MapThumb';
import { useApp, useAppState } from '../app-context';

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
  return (
    <section className="pins" aria-labelledby="pins-title">
      <h3 id="pins-title">
        Pinned <span className="soft">each by its own range{runB === null ? '' : ', A above B'}</span>
      </h3>
      <ul className="pins-tray" data-testid="pins-tray">
        {pins.map((pin) => (
          <li key={`${pin.layer}/${pin.filter}`} data-layer={pin.layer} data-filter={pin.filter}>
            <button
              type="button"
              className="pin-jump"
              aria-label={`Show ${pin.layer}, filter ${pin.filter}`}
              aria-pressed={pin.layer === layer && pin.filter === chosen}
              onClick={() => void flow.view.show(pin.layer, pin.filter)}
            >
              <span className="pin-maps">
                {runs.map((run) => {
                  const map = cache.map(run, pin.layer, pin.filter);
                  return map === null ? (
                    <span key={run} className="map-thumb" />
                  ) : (
                    <MapThumb key={run} map={map} colourMap={colourMap} />
                  );
                })}
              </span>
              <span className="pin-name">
                {pin.layer.replace('block', 'b').replace('_', ' ')}
                <b>{pin.filter}</b>
              </span>
            </button>
            <button
              type="button"
              className="icon-button"
              aria-label={`Unpin ${pin.layer}, filter ${pin.filter}`}
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
