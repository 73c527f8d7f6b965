import { useCallback, useRef } from 'react';
import { convolutionBehind, findLayer, sharesLayer, startLayer } from '../../domain/network';
import type { AnalysisFacts } from '../../store/app-state';
import { selectComing } from '../../store/select-status';
import { isSlow } from '../../flow/preview-sample';
import { LayerPicker } from '../../viewer/LayerPicker';
import { LayerRail } from '../../viewer/LayerRail';
import plate from '../../viewer/plate.module.css';
import { words } from '../../words/words';
import { useApp, useAppState, useNetwork } from '../app-context';
import { FileButton } from '../FileButton';
import { ExportMenu } from '../viewer/ExportMenu';
import { useShownMaps, type ShownMaps } from '../viewer/MapsShown';
import { PartBoundary } from '../shell/PartBoundary';
import { FullscreenButton } from '../viewer/FullscreenButton';
import { MapsStage } from '../viewer/MapsStage';
import { PinsTray } from '../viewer/PinsTray';
import { SecondPhotoMenu } from '../viewer/SecondPhotoMenu';
import { ViewerTools } from '../viewer/Tools';
import { ViewMenu } from '../viewer/ViewMenu';
import { Terms } from '../Terms';
import { TutorialSlot } from '../tutorial/TutorialSlot';
import { NetworkSketch } from './NetworkSketch';
import { NextSteps } from './NextSteps';
import { SamplePreview } from './SamplePreview';
import css from './ViewerPanel.module.css';

/** That the viewer speaks of. */
const TERMS = ['filter', 'relu', 'pool', 'receptiveField', 'logit'] as const;

/** What every filter of a layer saw. */
export function ViewerPanel() {
  const { flow } = useApp();
  const network = useNetwork();
  const layer = useAppState((state) => state.view.layer);
  const result = useAppState((state) => state.photos.a.result);
  const second = useAppState((state) => state.photos.b.result);
  const shown = useShownMaps();
  const section = useRef<HTMLElement>(null);
  const language = useAppState((state) => state.language.now);
  const selectLayer = useCallback((chosen: string) => void flow.view.selectLayer(chosen), [flow]);
  const isSynthetic = [result, second].some((facts) => facts !== null && facts.origin !== 'own');
  return (
    <section ref={section} className={`${plate.plate} ${css.viewer}`} aria-labelledby="viewer-title">
      <div className={css.bar}>
        <div className={`${plate.title} ${css.title}`}>
          <h2 id="viewer-title">{words.analyse.viewer.title}</h2>
          {isSynthetic && <span className="tag">{words.analyse.syntheticSample}</span>}
        </div>
        <div className={css.menus}>
          <SecondPhotoMenu />
          {shown !== null && <ViewMenu shown={shown} />}
          {shown !== null && <ExportMenu shown={shown} />}
          {shown !== null && <FullscreenButton element={section} />}
        </div>
      </div>
      <TutorialSlot />
      <div className={css.layers}>
        <LayerPicker network={network} layer={layer} onSelect={selectLayer} />
        <LayerRail key={language} network={network} layer={layer} onSelect={selectLayer} />
      </div>
      <MissingInB layer={layer} />
      {shown !== null && (
        <PartBoundary resetKey={shown.layer}>
          <MapsStage shown={shown}>
            <PinsTray />
            <MapsNote shown={shown} result={result} second={second} />
            <Terms names={TERMS} />
            <ViewerTools />
          </MapsStage>
        </PartBoundary>
      )}
      {shown === null && result === null && <EmptyViewer layer={layer} />}
      {shown === null && result !== null && (
        <>
          <p className={plate.note}>{words.analyse.viewer.unreadable}</p>
          <ViewerTools />
        </>
      )}
    </section>
  );
}

interface MapsNoteProps {
  readonly shown: ShownMaps;
  readonly result: AnalysisFacts | null;
  readonly second: AnalysisFacts | null;
}

/** Why there are no maps of B. */
function MissingInB({ layer }: { readonly layer: string }) {
  const a = useAppState((state) => state.photos.a.result);
  const b = useAppState((state) => state.photos.b.result);
  const isOtherModel = useAppState((state) => state.own.compared !== null);
  if (!isOtherModel || a === null || b === null || sharesLayer(a.manifest.network, b.manifest.network, layer)) return null;
  return (
    <p className={plate.note} data-testid="layer-not-in-b">
      {words.viewer.second.noLayer(b.manifest.version, layer)}
    </p>
  );
}

/** How to read what is shown. */
function MapsNote({ shown, result, second }: MapsNoteProps) {
  const scale = useAppState((state) => state.view.scale);
  const isOtherModel = useAppState((state) => state.own.compared !== null);
  const maps = shown.panes[0]?.maps;
  if (maps === undefined) return null;
  const results = [result, second].filter((facts) => facts !== null);
  return (
    <p className={plate.note}>
      {words.analyse.viewer.mapsNote({
        maps: maps.channels,
        side: maps.side,
        scale,
        isDifference: shown.photos === 'difference',
        photos: results,
        models: isOtherModel ? results.map(({ manifest }) => manifest.version) : [],
      })}
    </p>
  );
}

function EmptyViewer({ layer }: { readonly layer: string }) {
  const { flow } = useApp();
  const network = useNetwork();
  const filter = useAppState((state) => state.view.filter);
  // A person's own model is not run before it is asked to.
  const hasPreview = useAppState(
    ({ model }) => model.state !== 'ready' || (model.facts.manifest.own === undefined && !isSlow(model.facts)),
  );
  const isGone = useAppState((state) => state.view.isChosen && selectComing(state) === null);
  // An address may name a layer of another network.
  const current = convolutionBehind(network, (findLayer(network, layer) ?? startLayer(network)).name).name;
  return (
    <div className={css.empty}>
      {isGone && (
        <div className={css.gone}>
          <p role="status" data-testid="photo-gone">
            {words.analyse.viewer.gone(layer, filter)}
          </p>
          <div className={css.goneWays}>
            <button
              type="button"
              className="button button-primary small"
              data-testid="gone-sample"
              onClick={() => void flow.photo.analyseSample('irregular')}
            >
              {words.analyse.viewer.goneSample}
            </button>
            <FileButton
              label={words.analyse.viewer.gonePhoto}
              className="small"
              testId="gone-photo"
              onFile={(file) => void flow.photo.analyse(file)}
            />
          </div>
        </div>
      )}
      {hasPreview ? <SamplePreview layer={current} /> : <NetworkSketch layer={current} />}
      <NextSteps />
      <p className={plate.note}>{words.analyse.viewer.aboutFilters}</p>
    </div>
  );
}
