import type { NetworkShape } from '../../domain/network';
import { mapOf } from '../../domain/layer-maps';
import { MapThumb } from '../../viewer/MapThumb';
import { words } from '../../words/words';
import { useApp, useAppState } from '../app-context';
import css from './ArchitectureStrip.module.css';

/** The network from picture to answer, each layer with the map that photo A moves most; a press shows the layer. */
export function ArchitectureStrip({ network }: { readonly network: NetworkShape }) {
  const says = words.own.architecture;
  const { cache } = useApp();
  const runId = useAppState(({ photos }) => photos.a.result?.runId ?? null);
  const colourMap = useAppState(({ view }) => view.colourMap);
  // Layers that are read ahead come without another fact changing.
  useAppState(({ heavyVersion }) => heavyVersion);
  return (
    <section aria-labelledby="architecture-title">
      <h2 id="architecture-title">{says.title}</h2>
      <p>{runId === null ? says.withoutPhoto : says.intro}</p>
      <ol className={css.strip} data-testid="architecture">
        {network.layers.map(({ name, kind, side, channels }) => {
          const maps = runId === null ? null : cache.layer(runId, name);
          const filter = maps === null ? null : strongest(maps.mean);
          const map = maps === null || filter === null ? null : { ...maps, filter, values: mapOf(maps, filter) };
          const query = filter === null ? '' : `&filter=${filter}`;
          return (
            <li key={name}>
              <a className={css.layer} href={`#/?layer=${encodeURIComponent(name)}${query}`} data-layer={name} data-kind={kind}>
                <MapThumb map={map} colourMap={colourMap} />
                <span className={`mono ${css.name}`}>{name}</span>
                <span className="small soft">{says.maps(side, channels, filter)}</span>
              </a>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function strongest(mean: Float32Array): number {
  return mean.reduce((best, value, filter) => (value > mean[best]! ? filter : best), 0);
}
