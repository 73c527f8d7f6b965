import { useEffect, useId, useRef } from 'react';
import { HEAD_HEAT_MAPS } from '../../domain/analysis';
import { convolutionsOf, hasClosedFormHead, type NetworkShape } from '../../domain/network';
import { occluderPx, OCCLUSION_SIDE } from '../../domain/occlusion';
import type { AnalysisFacts, AppState, OcclusionFacts, OverlayName, ViewFacts } from '../../store/app-state';
import { chooseHeatMap, isHeatMapName, type HeatMapName } from '../../viewer/tools/heat-map';
import { HeatPicture } from '../../viewer/tools/HeatPicture';
import { paintPixels } from '../../viewer/tools/paint';
import { PhotoCopy } from '../../viewer/tools/PhotoCopy';
import { RangeLegend } from '../../viewer/tools/RangeLegend';
import tools from '../../viewer/tools/tools.module.css';
import { countMeasured } from '../../viewer/tools/top-list';
import { formatActivation } from '../../words/format-values';
import { words } from '../../words/words';
import { useApp, useAppState } from '../app-context';
import tool from './tool.module.css';
import css from './ToolsHeat.module.css';
import { ToolProgress } from './ToolsProgress';
import { useOverlay } from './use-overlay';

function nameOf(heat: HeatMapName): string {
  return words.viewer.tools.heat.names[heat];
}

/** What each heat map is. */
function captionOf(heat: HeatMapName, network: NetworkShape): string {
  const { captions } = words.viewer.tools.heat;
  return heat === 'occlusion'
    ? captions.occlusion(occluderPx(network.input.side))
    : captions[heat](convolutionsOf(network).at(-1)!);
}

const selectOcclusion = (state: AppState): OcclusionFacts | null => state.occlusion;

/** What lies over photo A: heat maps of its score, or the chosen filter's map; here with its numbers, and on the photo itself. */
export function HeatTool({ result }: { readonly result: AnalysisFacts }) {
  const { flow } = useApp();
  const view = useAppState((state) => state.view);
  useEffect(() => {
    void flow.explain.readHead();
  }, [flow, result.runId]);
  const { network } = result.manifest;
  const canExplain = hasClosedFormHead(network);
  const heat = isHeatMapName(view.overlay) ? view.overlay : null;
  const says = words.viewer.tools.heat;
  return (
    <div className={css.room}>
      <div className={css.parts}>
        <div className={tool.column}>
          <OverlayChoice view={view} canExplain={canExplain} />
        </div>
        <figure className={tool.block} data-testid="heat">
          <h3>{heat === null ? words.viewer.tools.photos.a : says.ofPhotoA(nameOf(heat))}</h3>
          {heat === null ? <MapOverPhoto result={result} view={view} /> : <Heat result={result} heat={heat} view={view} />}
          <figcaption className={tools.small}>
            {heat === null ? says.aboutPlain(view.overlay === 'map') : `${says.aboutCover} ${captionOf(heat, network)}`}
          </figcaption>
        </figure>
        <Occlusion result={result} />
      </div>
    </div>
  );
}

interface OverlayChoiceProps {
  readonly view: ViewFacts;
  /** Whether the heat maps of the head can be had. */
  readonly canExplain: boolean;
}

function OverlayChoice({ view, canExplain }: OverlayChoiceProps) {
  const { flow } = useApp();
  const opacityId = useId();
  const says = words.viewer.tools.heat;
  const choices: readonly (readonly [OverlayName, string])[] = [
    ['none', says.noOverlay],
    ...(canExplain ? HEAD_HEAT_MAPS.map((name) => [name, nameOf(name)] as const) : []),
    ['occlusion', nameOf('occlusion')],
    ['map', says.mapOverlay(view.layer, view.filter)],
  ];
  return (
    <>
      <fieldset className={tool.choices}>
        <legend>{says.overlay}</legend>
        <div className={tool.choicesRow}>
          {choices.map(([overlay, name]) => (
            <label key={overlay}>
              <input
                type="radio"
                name="overlay"
                data-testid={`overlay-${overlay}`}
                checked={view.overlay === overlay}
                disabled={overlay === 'map' && view.filter === null}
                onChange={() => {
                  flow.view.set({ overlay });
                }}
              />
              <span>{name}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <div className="field">
        <label htmlFor={opacityId}>{says.opacity(view.overlayOpacity)}</label>
        <input
          id={opacityId}
          type="range"
          className={css.opacity}
          data-testid="overlay-opacity"
          min={0}
          max={1}
          step={0.05}
          value={view.overlayOpacity}
          disabled={view.overlay === 'none'}
          onChange={({ target }) => {
            flow.view.set({ overlayOpacity: Number(target.value) });
          }}
        />
      </div>
    </>
  );
}

function Occlusion({ result }: { readonly result: AnalysisFacts }) {
  const { flow, cache } = useApp();
  const occlusion = useAppState(selectOcclusion);
  useAppState((state) => state.heavyVersion);
  const heat = cache.occlusion(result.runId);
  const total = OCCLUSION_SIDE ** 2;
  const done = heat === null ? 0 : countMeasured(heat.values);
  const own = occlusion?.runId === result.runId ? occlusion : null;
  const state = own?.state ?? (done === 0 ? 'idle' : done < total ? 'cancelled' : 'done');
  const says = words.viewer.tools.occlusion;
  return (
    <div className={tool.block} data-testid="occlusion" data-state={state} data-done={done} data-total={total}>
      <h3>{nameOf('occlusion')}</h3>
      <p className={tools.small}>{done === total ? says.measured(OCCLUSION_SIDE) : says.about(OCCLUSION_SIDE, total)}</p>
      <div className={tool.buttons}>
        {state !== 'running' && done < total && (
          <button
            type="button"
            className="button small"
            data-testid="occlude-start"
            onClick={() => {
              flow.view.set({ overlay: 'occlusion' });
              void flow.explain.occlude();
            }}
          >
            {done === 0 ? says.start : says.goOn(done, total)}
          </button>
        )}
        {state === 'running' && (
          <button type="button" className="button small" data-testid="occlude-cancel" onClick={flow.explain.cancelOcclusion}>
            {words.viewer.tools.cancel}
          </button>
        )}
      </div>
      {own !== null && <ToolProgress label={says.progress} select={selectOcclusion} />}
    </div>
  );
}

interface HeatProps {
  readonly result: AnalysisFacts;
  readonly heat: HeatMapName;
  readonly view: ViewFacts;
}

function Heat({ result, heat, view }: HeatProps) {
  const { cache } = useApp();
  const version = useAppState((state) => state.heavyVersion);
  const values = { head: cache.head(result.runId), occlusion: cache.occlusion(result.runId) };
  const map = chooseHeatMap(heat, values, view.colourMap);
  const rgb = cache.photo(result.runId)?.inputRgb ?? null;
  const { computing, heat: says } = words.viewer.tools;
  const label = words.analyse.photo.seenLabel(result.manifest.network.input.side);
  if (map === null) {
    return (
      <>
        {rgb !== null && <PhotoCopy rgb={rgb} label={label} testId="heat-picture" />}
        <p>{heat === 'occlusion' ? says.notMeasured : computing}</p>
      </>
    );
  }
  return (
    <HeatPicture
      key={heat}
      {...map}
      version={version}
      name={says.ofPhotoA(nameOf(heat))}
      {...(rgb === null ? {} : { under: { rgb, label, opacity: view.overlayOpacity } })}
    />
  );
}

/** The photo's square by itself, or under the chosen filter's map. */
function MapOverPhoto({ result, view }: Omit<HeatProps, 'heat'>) {
  const { cache } = useApp();
  const overlay = useOverlay(result.runId, 'a');
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current !== null && overlay !== null) paintPixels(canvas.current, overlay.pixels, overlay.side);
  }, [overlay]);
  const rgb = cache.photo(result.runId)?.inputRgb ?? null;
  if (rgb === null) return null;
  const range = overlay?.range ?? null;
  const numbers = range && [range.low, (range.low + range.high) / 2, range.high].map(formatActivation);
  return (
    <>
      <PhotoCopy rgb={rgb} label={words.analyse.photo.seenLabel(result.manifest.network.input.side)} testId="heat-picture">
        {overlay !== null && <canvas ref={canvas} style={{ opacity: view.overlayOpacity }} aria-hidden="true" />}
      </PhotoCopy>
      {numbers !== null && (
        <div className={css.legend}>
          <RangeLegend
            colourMap={view.colourMap}
            numbers={[numbers[0]!, numbers[1]!, numbers[2]!]}
            unit={words.viewer.tools.activation}
          />
        </div>
      )}
    </>
  );
}
