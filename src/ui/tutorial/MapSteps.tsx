import { mapOf } from '../../domain/layer-maps';
import { layerOf, type NetworkShape } from '../../domain/network';
import { receptiveField } from '../../domain/receptive-field';
import { MapThumb } from '../../viewer/MapThumb';
import { words } from '../../words/words';
import { useAppState, useNetwork } from '../app-context';
import css from './MapSteps.module.css';
import { Paragraphs } from './Paragraphs';
import { useSamples, type Sample } from './use-samples';

const MAPS_LAYER = 'block2_conv1';
const DEEP_LAYER = 'block3_conv3';
const FILTERS = [49, 94];

/** Side of what a value in the middle of a layer's maps depends on, in pixels of the input. */
function fieldOf(network: NetworkShape, layer: string): number {
  const middle = layerOf(network, layer).side / 2;
  const { left, right } = receptiveField(network, layer, { x: middle, y: middle });
  return right - left;
}

export function MapsStep() {
  const network = useNetwork();
  const { channels } = layerOf(network, MAPS_LAYER);
  return <Paragraphs texts={words.tutorial.maps.about(channels, fieldOf(network, MAPS_LAYER))} />;
}

export function FiltersStep() {
  const samples = useSamples(MAPS_LAYER);
  const says = words.tutorial.filters;
  return (
    <>
      <div className={css.grid}>
        {FILTERS.flatMap((filter) =>
          samples.map((sample) => <FilterFigure key={`${filter}${sample.slot}`} filter={filter} sample={sample} />),
        )}
      </div>
      {samples.length < 2 && <p role="status">{words.tutorial.waiting}</p>}
      <Paragraphs texts={says.about} />
      <p className="small soft">{says.ranges}</p>
    </>
  );
}

function FilterFigure({ filter, sample: { slot, maps } }: { readonly filter: number; readonly sample: Sample }) {
  const colourMap = useAppState((state) => state.view.colourMap);
  const says = words.tutorial.filters;
  const map = maps === null ? null : { ...maps, filter, values: mapOf(maps, filter) };
  return (
    <figure
      className={css.figure}
      data-testid={`tutorial-map-${filter}-${slot}`}
      data-active={maps?.active[filter]}
      data-max={maps?.max[filter]}
    >
      <div className={css.map} role="img" aria-label={says.alt(filter, slot)}>
        <MapThumb map={map} colourMap={colourMap} />
      </div>
      <figcaption className="small">
        <b>{says.figure(filter, slot)}</b> {maps !== null && <span>{says.facts(maps.active[filter]!, maps.max[filter]!)}</span>}
      </figcaption>
    </figure>
  );
}

export function DeepStep() {
  const network = useNetwork();
  const { channels } = layerOf(network, DEEP_LAYER);
  const samples = useSamples(DEEP_LAYER);
  const says = words.tutorial.deep;
  return (
    <>
      <Paragraphs texts={says.about(channels, fieldOf(network, DEEP_LAYER))} />
      {samples.map(({ slot, maps }) => maps !== null && <p key={slot}>{says.sparse(slot, medianOf(maps.active))}</p>)}
    </>
  );
}

function medianOf(values: Float32Array): number {
  return values.slice().sort()[values.length >> 1]!;
}
