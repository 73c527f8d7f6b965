import { useEffect, useId } from 'react';
import { HEAD_HEAT_MAPS } from '../../domain/analysis';
import { convolutionsOf, hasClosedFormHead, type NetworkShape } from '../../domain/network';
import { occluderPx, OCCLUSION_SIDE } from '../../domain/occlusion';
import type { AnalysisFacts, AppState, OcclusionFacts, OverlayName, ViewFacts } from '../../store/app-state';
import { chooseHeatMap, isHeatMapName, type HeatMapName } from '../../viewer/tools/heat-map';
import { HeatPicture } from '../../viewer/tools/HeatPicture';
import { countMeasured } from '../../viewer/tools/top-list';
import { useApp, useAppState } from '../app-context';
import { ToolProgress } from './ToolsProgress';

const HEAT_NAMES: Readonly<Record<HeatMapName, string>> = {
  'grad-cam': 'Grad-CAM',
  'hires-cam': 'HiResCAM',
  occlusion: 'Occlusion',
};

/** What each heat map is. Never a reason: a heat map shows where, and nothing else. */
function captionOf(heat: HeatMapName, network: NetworkShape): string {
  const { name, side } = convolutionsOf(network).at(-1)!;
  const covered = occluderPx(network.input.side);
  switch (heat) {
    case 'grad-cam':
      return `Grad-CAM: the maps of ${name}, each weighted by how much its mean gradient raises the score, added up. Coarse: ${side} × ${side} cells.`;
    case 'hires-cam':
      return `HiResCAM: the maps of ${name}, each value weighted by its own gradient of the score, added up. Coarse: ${side} × ${side} cells.`;
    case 'occlusion':
      return `Occlusion: how far the score falls when a square of ${covered} × ${covered} pixels in the picture’s mean colour covers each place. Below 0 the score rises.`;
  }
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
    <div className="tool-columns">
      <div className="tool-column">
        <OverlayChoice view={view} canExplain={canExplain} />
        <Occlusion result={result} />
      </div>
      <figure className="tool-column tool-block">
        <h3>{HEAT_NAMES[heat]} of photo A</h3>
        <Heat result={result} heat={heat} view={view} />
        <figcaption className="tool-small">
          {captionOf(heat, network)} It shows where the network responds, not a reason.
        </figcaption>
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
  const mapWords = view.filter === null ? 'Map of the chosen filter' : `Map of the chosen filter (${view.layer}, ${view.filter})`;
  const choices: readonly (readonly [OverlayName, string])[] = [
    ['none', 'None'],
    ...(canExplain ? HEAD_HEAT_MAPS.map((name) => [name, HEAT_NAMES[name]] as const) : []),
    ['occlusion', HEAT_NAMES.occlusion],
    ['map', mapWords],
  ];
  return (
    <>
      <fieldset className="tool-choices">
        <legend>Laid over the photo</legend>
        {choices.map(([overlay, words]) => (
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
            {words}
          </label>
        ))}
      </fieldset>
      <div className="field">
        <label htmlFor={opacityId}>Opacity: {Math.round(view.overlayOpacity * 100)} %</label>
        <input
          id={opacityId}
          type="range"
          className="tool-range"
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
  return (
    <div className="tool-block" data-testid="occlusion" data-state={state} data-done={done} data-total={total}>
      <h3>Occlusion</h3>
      <p className="tool-small">
        {done === total
          ? `Measured at all ${OCCLUSION_SIDE} × ${OCCLUSION_SIDE} places.`
          : `Covers ${OCCLUSION_SIDE} × ${OCCLUSION_SIDE} places of the photo, one after another, and computes the score of each: ${total} passes.`}
      </p>
      <div className="tool-buttons">
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
            {done === 0 ? 'Measure occlusion' : `Go on measuring (${done} of ${total})`}
          </button>
        )}
        {state === 'running' && (
          <button type="button" className="button small" data-testid="occlude-cancel" onClick={flow.explain.cancelOcclusion}>
            Cancel
          </button>
        )}
      </div>
      {own !== null && <ToolProgress label="Covering the photo" select={selectOcclusion} />}
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
  if (map === null) return <p>{heat === 'occlusion' ? 'Not measured yet.' : 'Computing …'}</p>;
  return <HeatPicture key={heat} {...map} version={version} name={`${HEAT_NAMES[heat]} of photo A`} />;
}
