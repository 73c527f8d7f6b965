import { lookUpColours } from '../../domain/colour-map';
import type { AnalysisFacts, MapFacts, ViewFacts } from '../../store/app-state';
import { Atlas } from '../../viewer/Atlas';
import { ColourMapSelect } from '../../viewer/ColourMapSelect';
import { FilterZoom } from '../../viewer/FilterZoom';
import { LayerPicker } from '../../viewer/LayerPicker';
import { LayerRail } from '../../viewer/LayerRail';
import { useApp, useAppState } from '../app-context';
import { NetworkSketch } from './NetworkSketch';
import { NextSteps } from './NextSteps';

/** What every filter of a layer saw. */
export function ViewerPanel() {
  const { flow } = useApp();
  const view = useAppState((state) => state.view);
  const maps = useAppState((state) => state.maps);
  const result = useAppState((state) => state.result);
  return (
    <section className="viewer" aria-labelledby="viewer-title">
      <div className="viewer-head">
        <div>
          <h2 id="viewer-title">What the filters saw</h2>
          {result !== null && result.origin !== 'own' && <span className="tag">Synthetic sample</span>}
        </div>
        <div className="viewer-controls">
          <LayerPicker layer={view.layer} onSelect={(layer) => void flow.selectLayer(layer)} />
          <ColourMapSelect colourMap={view.colourMap} onSelect={flow.selectColourMap} />
        </div>
      </div>
      <LayerRail layer={view.layer} onSelect={(layer) => void flow.selectLayer(layer)} />
      {result === null ? <EmptyViewer view={view} /> : <Maps view={view} maps={maps} result={result} />}
    </section>
  );
}

interface MapsProps {
  readonly view: ViewFacts;
  readonly maps: MapFacts;
  readonly result: AnalysisFacts;
}

function Maps({ view, maps, result }: MapsProps) {
  const { cache, flow } = useApp();
  const layer = maps.layer === null ? null : cache.layer(maps.layer.runId, maps.layer.layer);
  const map = maps.filter === null ? null : cache.map(maps.filter.runId, maps.filter.layer, maps.filter.filter);
  if (layer === null) return <p className="viewer-note">The maps could not be read.</p>;
  const chosen = layer.layer === view.layer ? view.filter : null;
  const select = (filter: number): void => {
    void flow.selectFilter(filter);
  };
  return (
    <>
      <div className="viewer-stage">
        <Atlas
          // A new layer begins with its own cursor.
          key={layer.layer}
          maps={layer}
          colours={lookUpColours(view.colourMap)}
          selected={chosen}
          onSelect={select}
        />
        {map !== null && (
          <FilterZoom
            map={map}
            chosen={chosen ?? map.filter}
            channels={layer.channels}
            colourMap={view.colourMap}
            onSelect={select}
          />
        )}
      </div>
      <p className="viewer-note">
        {layer.channels} maps of {layer.side}×{layer.side}, numbered from 0, row by row. Each map is coloured by its own range,
        so the same colour means different values in different maps. Computed from{' '}
        {result.origin === 'own' ? result.fileName : 'the synthetic sample'}.
      </p>
    </>
  );
}

function EmptyViewer({ view }: { readonly view: ViewFacts }) {
  return (
    <div className="viewer-empty">
      <NetworkSketch layer={view.layer} />
      <NextSteps />
      <p className="viewer-note">
        A filter is a small pattern detector. Its map is bright where the pattern was found. Early layers answer to edges and
        colours in fine detail, late ones to whole structures in coarse squares.
      </p>
    </div>
  );
}
