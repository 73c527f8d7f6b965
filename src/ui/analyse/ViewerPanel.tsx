import type { ScaleScope } from '../../domain/colour-scale';
import { convolutionBehind, findLayer } from '../../domain/network';
import type { AnalysisFacts } from '../../store/app-state';
import { LayerRail } from '../../viewer/LayerRail';
import { useApp, useAppState, useNetwork } from '../app-context';
import { ExportMenu } from '../viewer/ExportMenu';
import { useShownMaps, type ShownMaps } from '../viewer/MapsShown';
import { PartBoundary } from '../shell/PartBoundary';
import { MapsStage } from '../viewer/MapsStage';
import { PinsTray } from '../viewer/PinsTray';
import { ToolbarPhotos } from '../viewer/ToolbarPhotos';
import { ToolbarView } from '../viewer/ToolbarView';
import { ViewerTools } from '../viewer/Tools';
import { NetworkSketch } from './NetworkSketch';
import { NextSteps } from './NextSteps';

/** What every filter of a layer saw. */
export function ViewerPanel() {
  const { flow } = useApp();
  const network = useNetwork();
  const layer = useAppState((state) => state.view.layer);
  const result = useAppState((state) => state.photos.a.result);
  const second = useAppState((state) => state.photos.b.result);
  const shown = useShownMaps();
  const isSynthetic = [result, second].some((facts) => facts !== null && facts.origin !== 'own');
  return (
    <section className="viewer" aria-labelledby="viewer-title">
      <div className="viewer-head">
        <div>
          <h2 id="viewer-title">What the filters saw</h2>
          {isSynthetic && <span className="tag">Synthetic sample</span>}
        </div>
        <ToolbarPhotos />
      </div>
      <ToolbarView shown={shown} />
      <LayerRail network={network} layer={layer} onSelect={(chosen) => void flow.view.selectLayer(chosen)} />
      {shown !== null && (
        <>
          <PartBoundary resetKey={shown.layer}>
            <MapsStage shown={shown} />
          </PartBoundary>
          <PinsTray />
          <ExportMenu shown={shown} />
        </>
      )}
      {shown === null && result === null && <EmptyViewer layer={layer} />}
      {shown === null && result !== null && <p className="viewer-note">The maps could not be read.</p>}
      <ViewerTools />
      {shown !== null && <MapsNote shown={shown} result={result} second={second} />}
    </section>
  );
}

const SCALE_NOTES: Readonly<Record<ScaleScope, string>> = {
  map: 'Each map is coloured by its own range, so the same colour means different values in different maps.',
  layer: 'All maps of a photo are coloured by one range, so colours can be compared between its maps.',
  both: 'All maps of both photos are coloured by one range, so colours can be compared between maps and photos.',
  tutorial:
    'Each map is centred at its mean, which gets the middle colour; the colours reach five standard deviations to either side.',
};

const DIFFERENCE_NOTE =
  'In the difference blue is where A answers more, orange where B does; dark is no difference. Of two photos, pixels at the same place need not show the same part of a lesion.';

interface MapsNoteProps {
  readonly shown: ShownMaps;
  readonly result: AnalysisFacts | null;
  readonly second: AnalysisFacts | null;
}

/** How to read what is shown. */
function MapsNote({ shown, result, second }: MapsNoteProps) {
  const scale = useAppState((state) => state.view.scale);
  const maps = shown.panes[0]?.maps;
  if (maps === undefined) return null;
  const names = [result, second].filter((facts) => facts !== null).map(nameOf);
  return (
    <p className="viewer-note">
      {maps.channels} maps of {maps.side}×{maps.side}, numbered from 0. {SCALE_NOTES[scale]}{' '}
      {shown.photos === 'difference' && `${DIFFERENCE_NOTE} `}Computed from {names.join(' (A) and ')}
      {names.length > 1 && ' (B)'}.
    </p>
  );
}

function nameOf({ origin, fileName }: AnalysisFacts): string {
  return origin === 'own' ? fileName : `the synthetic sample ${fileName}`;
}

function EmptyViewer({ layer }: { readonly layer: string }) {
  const network = useNetwork();
  const current = findLayer(network, layer) === null ? layer : convolutionBehind(network, layer).name;
  return (
    <div className="viewer-empty">
      <NetworkSketch layer={current} />
      <NextSteps />
      <p className="viewer-note">
        A filter is a small pattern detector. Its map is bright where the pattern was found. Early layers answer to edges and
        colours in fine detail, late ones to whole structures in coarse squares.
      </p>
    </div>
  );
}
