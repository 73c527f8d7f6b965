import { useEffect } from 'react';
import { mapOf } from '../../domain/layer-maps';
import { convolutionsOf, isConvolution } from '../../domain/network';
import type { AnalysisFacts, AppState, LikingFacts, ViewFacts } from '../../store/app-state';
import type { LikedImage } from '../../store/heavy-cache';
import { KernelPatches } from '../../viewer/tools/KernelPatches';
import { MapPicture, RgbPicture } from '../../viewer/tools/PixelPicture';
import { ratioOf } from '../../viewer/tools/ratio-of';
import tools from '../../viewer/tools/tools.module.css';
import { formatActivation } from '../../words/format-values';
import { words } from '../../words/words';
import { useApp, useAppState, useNetwork } from '../app-context';
import tool from './tool.module.css';
import css from './ToolsLiking.module.css';
import { ToolProgress } from './ToolsProgress';

const selectLiking = (state: AppState): LikingFacts | null => state.liking;

/** The picture that the chosen filter likes, made by gradient ascent; and the kernels of the first layer. */
export function LikingTool({ result }: { readonly result: AnalysisFacts }) {
  const { flow, cache } = useApp();
  const view = useAppState((state) => state.view);
  const liking = useAppState(selectLiking);
  useAppState((state) => state.heavyVersion);
  const { liked } = cache;
  const first = convolutionsOf(useNetwork())[0]?.name;
  const isRunning = liking?.state === 'running';
  const says = words.viewer.tools.liking;
  return (
    <div
      className={tool.columns}
      data-testid="liking"
      data-state={liking?.state ?? 'idle'}
      data-mean={liking?.mean}
      data-noise-mean={liking?.noiseMean}
      data-done={liking?.done ?? 0}
      data-total={liking?.total}
    >
      <div className={tool.column}>
        <p className={tool.lead}>{says.about}</p>
        <div className={tool.buttons}>
          <StartButton layer={view.layer} filter={view.filter} />
          {isRunning && (
            <button type="button" className="button small" data-testid="liking-cancel" onClick={flow.explain.cancelMaximise}>
              {words.viewer.tools.cancel}
            </button>
          )}
        </div>
        {liking !== null && <ToolProgress label={says.progress(liking.layer, liking.filter)} select={selectLiking} />}
        {liking !== null && <LikingNumbers liking={liking} />}
        {view.layer === first && <FirstKernels layer={first} chosen={view.filter} />}
      </div>
      {liked !== null && (
        <div className={tool.column}>
          <LikedPictures liked={liked} result={result} view={view} />
          <p className={tools.small}>{says.artificial}</p>
        </div>
      )}
    </div>
  );
}

function StartButton({ layer, filter }: Pick<ViewFacts, 'layer' | 'filter'>) {
  const { flow } = useApp();
  const network = useNetwork();
  const { noFilters, chooseFilter, start: startWords } = words.viewer.tools.liking;
  if (!isConvolution(network, layer)) return <p>{noFilters}</p>;
  if (filter === null) return <p>{chooseFilter}</p>;
  return (
    <button
      type="button"
      className="button button-primary small"
      data-testid="liking-start"
      onClick={() => void flow.explain.maximise(layer, filter)}
    >
      {startWords(layer, filter)}
    </button>
  );
}

function LikingNumbers({ liking }: { readonly liking: LikingFacts }) {
  const { meanNow, meanOfNoise, ratio, times, steps, stepsDone } = words.viewer.tools.liking;
  return (
    <dl className={css.facts}>
      <div>
        <dt>{meanNow}</dt>
        <dd>{formatActivation(liking.mean)}</dd>
      </div>
      <div>
        <dt>{meanOfNoise}</dt>
        <dd>{formatActivation(liking.noiseMean)}</dd>
      </div>
      <div>
        <dt>{ratio}</dt>
        <dd>{times(ratioOf(liking.mean, liking.noiseMean))}</dd>
      </div>
      <div>
        <dt>{steps}</dt>
        <dd>{stepsDone(liking.done, liking.total, liking.state === 'cancelled')}</dd>
      </div>
    </dl>
  );
}

interface LikedPicturesProps {
  readonly liked: LikedImage;
  readonly result: AnalysisFacts;
  readonly view: ViewFacts;
}

function LikedPictures({ liked, result, view }: LikedPicturesProps) {
  const { cache } = useApp();
  const { layer, filter } = liked;
  const maps = cache.layer(result.runId, layer);
  const { caption, pictureLabel, mapCaption, mapLabel } = words.viewer.tools.liking;
  return (
    <div className={css.pictures}>
      <figure>
        <figcaption>{caption(<span className="mono">{layer}</span>, filter)}</figcaption>
        <RgbPicture image={liked.image} side={liked.side} label={pictureLabel(layer, filter)} />
      </figure>
      {maps !== null && (
        <figure>
          <figcaption>{mapCaption}</figcaption>
          <MapPicture values={mapOf(maps, filter)} side={maps.side} colourMap={view.colourMap} label={mapLabel(layer, filter)} />
        </figure>
      )}
    </div>
  );
}

/** What the filters of the first layer look for can be seen in their weights. */
function FirstKernels({ layer, chosen }: { readonly layer: string; readonly chosen: number | null }) {
  const { flow, cache } = useApp();
  useAppState((state) => state.heavyVersion);
  useEffect(() => {
    void flow.explain.loadKernels();
  }, [flow]);
  const { kernels } = cache;
  const says = words.viewer.tools.kernels;
  return (
    <div className={tool.block}>
      <h3>{says.title(layer)}</h3>
      {kernels !== null && (
        <KernelPatches
          kernels={kernels}
          layer={layer}
          chosen={chosen}
          onChoose={(filter) => void flow.view.selectFilter(filter)}
        />
      )}
      <p className={tools.small}>{says.about}</p>
    </div>
  );
}
