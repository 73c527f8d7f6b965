import { useEffect } from 'react';
import { mapOf } from '../../domain/layer-maps';
import { convolutionsOf, isConvolution } from '../../domain/network';
import type { AnalysisFacts, AppState, LikingFacts, ViewFacts } from '../../store/app-state';
import type { LikedImage } from '../../store/heavy-cache';
import { formatActivation } from '../../viewer/format-activation';
import { ratioOf } from '../../viewer/tools/format-signed';
import { KernelPatches } from '../../viewer/tools/KernelPatches';
import { MapPicture, RgbPicture } from '../../viewer/tools/PixelPicture';
import { useApp, useAppState, useNetwork } from '../app-context';
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
  return (
    <div
      className="tool-columns"
      data-testid="liking"
      data-state={liking?.state ?? 'idle'}
      data-mean={liking?.mean}
      data-noise-mean={liking?.noiseMean}
      data-done={liking?.done ?? 0}
      data-total={liking?.total}
    >
      <div className="tool-column">
        <p className="tool-lead">
          A picture is changed step by step, beginning with grey noise, so that one filter&rsquo;s mean activation grows.
        </p>
        <div className="tool-buttons">
          <StartButton layer={view.layer} filter={view.filter} />
          {isRunning && (
            <button type="button" className="button small" data-testid="liking-cancel" onClick={flow.explain.cancelMaximise}>
              Cancel
            </button>
          )}
        </div>
        {liking !== null && <ToolProgress label={`Drawing for ${liking.layer}, filter ${liking.filter}`} select={selectLiking} />}
        {liking !== null && <LikingNumbers liking={liking} />}
        {view.layer === first && <FirstKernels layer={first} chosen={view.filter} />}
      </div>
      {liked !== null && (
        <div className="tool-column">
          <LikedPictures liked={liked} result={result} view={view} />
          <p className="tool-small">An artificial picture, made by gradient ascent on its pixels. It is not a lesion.</p>
        </div>
      )}
    </div>
  );
}

function StartButton({ layer, filter }: Pick<ViewFacts, 'layer' | 'filter'>) {
  const { flow } = useApp();
  const network = useNetwork();
  if (!isConvolution(network, layer)) return <p>A pool has no filters of its own. Choose a convolution.</p>;
  if (filter === null) return <p>Choose a filter.</p>;
  const start = (conv: string): void => {
    void flow.explain.maximise(conv, filter);
  };
  return (
    <button
      type="button"
      className="button button-primary small"
      data-testid="liking-start"
      onClick={() => {
        start(layer);
      }}
    >
      Draw what filter {filter} of {layer} likes
    </button>
  );
}

function LikingNumbers({ liking }: { readonly liking: LikingFacts }) {
  const ratio = ratioOf(liking.mean, liking.noiseMean);
  return (
    <dl className="tool-facts">
      <div>
        <dt>Mean activation now</dt>
        <dd>{formatActivation(liking.mean)}</dd>
      </div>
      <div>
        <dt>On the noise at the start</dt>
        <dd>{formatActivation(liking.noiseMean)}</dd>
      </div>
      <div>
        <dt>Ratio</dt>
        <dd>{ratio === null ? 'from nothing' : `${formatActivation(ratio)} times`}</dd>
      </div>
      <div>
        <dt>Steps</dt>
        <dd>
          {liking.done} of {liking.total}
          {liking.state === 'cancelled' && ', cancelled'}
        </dd>
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
  return (
    <div className="liking-pictures">
      <figure>
        <figcaption>
          What <span className="mono">{layer}</span>, filter {filter} likes
        </figcaption>
        <RgbPicture image={liked.image} side={liked.side} label={`Artificial picture that filter ${filter} of ${layer} likes`} />
      </figure>
      {maps !== null && (
        <figure>
          <figcaption>Its map of photo A</figcaption>
          <MapPicture
            values={mapOf(maps, filter)}
            side={maps.side}
            colourMap={view.colourMap}
            label={`Map of filter ${filter} of ${layer} on photo A`}
          />
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
  return (
    <div className="tool-block">
      <h3>The kernels of {layer}</h3>
      {kernels !== null && (
        <KernelPatches
          kernels={kernels}
          layer={layer}
          chosen={chosen}
          onChoose={(filter) => void flow.view.selectFilter(filter)}
        />
      )}
      <p className="tool-small">
        3 × 3 weights for red, green and blue. Grey is 0, brighter is positive, darker negative; each kernel by its own greatest
        weight.
      </p>
    </div>
  );
}
