import { useEffect, useId } from 'react';
import { HEAD_HEAT_MAPS } from '../../domain/analysis';
import { convolutionsOf, hasClosedFormHead, type NetworkShape } from '../../domain/network';
import { occluderPx, OCCLUSION_SIDE } from '../../domain/occlusion';
import type { AnalysisFacts, AppState, OcclusionFacts, OverlayName, ViewFacts } from '../../store/app-state';
import { chooseHeatMap, isHeatMapName, type HeatMapName } from '../../viewer/tools/heat-map';
import { HeatPicture } from '../../viewer/tools/HeatPicture';
import tools from '../../viewer/tools/tools.module.css';
import { countMeasured } from '../../viewer/tools/top-list';
import { words } from '../../words/words';
import { useApp, useAppState } from '../app-context';
import tool from './tool.module.css';
import css from './ToolsHeat.module.css';
import { ToolProgress } from './ToolsProgress';

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

/** Heat maps of photo A's score: on the photo, and enlarged with their numbers. */
export function HeatTool({ result }: { readonly result: AnalysisFacts }) {
  const { flow } = useApp();
  const view = useAppState((state) => state.view);
  useEffect(() => {
    void flow.explain.readHead();
  }, [flow, result.runId]);
  const { network } = result.manifest;
  const canExplain = hasClosedFormHead(network);
  const fallback = canExplain ? 'grad-cam' : 'occlusion';
  const heat = isHeatMapName(view.overlay) ? view.overlay : fallback;
  return (
    <div className={tool.columns}>
      <div className={tool.column}>
        <OverlayChoice view={view} canExplain={canExplain} />
        <Occlusion result={result} />
      </div>
      <figure className={tool.block} data-testid="heat">
        <h3>{words.viewer.tools.heat.ofPhotoA(nameOf(heat))}</h3>
        <Heat result={result} heat={heat} view={view} />
        <figcaption className={tools.small}>{captionOf(heat, network)}</figcaption>
      </figure>
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
  const { computing, heat: says } = words.viewer.tools;
  if (map === null) return <p>{heat === 'occlusion' ? says.notMeasured : computing}</p>;
  return <HeatPicture key={heat} {...map} version={version} name={says.ofPhotoA(nameOf(heat))} />;
}
