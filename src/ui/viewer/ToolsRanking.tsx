import { layerOf } from '../../domain/network';
import type { AnalysisFacts, AppState, RankingFacts } from '../../store/app-state';
import { EffectBars } from '../../viewer/tools/EffectBars';
import { countMeasured, strongest } from '../../viewer/tools/top-list';
import { useApp, useAppState } from '../app-context';
import { ToolProgress } from './ToolsProgress';

/** How many of a layer's filters are listed. */
const LISTED = 12;

const selectRanking = (state: AppState): RankingFacts | null => state.ranking;

interface RankingProps {
  readonly result: AnalysisFacts;
  readonly layer: string;
}

/** The filters of the layer in view, by what muting each alone does to photo A's logit. */
export function Ranking({ result, layer }: RankingProps) {
  const { flow, cache } = useApp();
  const ranking = useAppState(selectRanking);
  const filter = useAppState((state) => state.view.filter);
  const order = useAppState((state) => state.view.order);
  useAppState((state) => state.heavyVersion);
  const { channels } = layerOf(result.manifest.network, layer);
  const effects = cache.effects(result.runId, layer);
  const measured = effects === null ? 0 : countMeasured(effects);
  const own = ranking?.runId === result.runId && ranking.layer === layer ? ranking : null;
  const state = own?.state ?? (measured === 0 ? 'idle' : measured < channels ? 'cancelled' : 'done');
  const isElsewhere = own === null && ranking?.state === 'running';
  return (
    <div
      className="tool-block"
      data-testid="ranking"
      data-state={state}
      data-done={measured}
      data-total={channels}
      data-layer={layer}
    >
      <h3>Which filters move the score</h3>
      <p className="tool-small">
        Each filter of <span className="mono">{layer}</span> is muted by itself, the others left as they are, and the change of
        photo A&rsquo;s logit is measured. + means that the score rises without the filter, − that it falls.
      </p>
      <div className="tool-buttons">
        {state !== 'running' && measured < channels && (
          <button type="button" className="button small" data-testid="rank-start" onClick={() => void flow.explain.rankFilters()}>
            {measured === 0 ? 'Rank the filters of this layer' : `Go on ranking (${measured} of ${channels} measured)`}
          </button>
        )}
        {(state === 'running' || isElsewhere) && (
          <button type="button" className="button small" data-testid="rank-cancel" onClick={flow.explain.cancelRanking}>
            Cancel
          </button>
        )}
        {measured > 0 && order !== 'effect' && (
          <button
            type="button"
            className="button button-quiet small"
            data-testid="order-by-effect"
            onClick={() => {
              flow.view.set({ order: 'effect' });
            }}
          >
            Order the maps by effect
          </button>
        )}
      </div>
      {(own !== null || isElsewhere) && <ToolProgress label={`Ranking ${ranking?.layer ?? layer}`} select={selectRanking} />}
      {effects !== null && measured > 0 && (
        <>
          <p className="tool-small">
            {measured < channels ? `The strongest of the ${measured} measured so far` : `The ${LISTED} strongest of ${channels}`};
            in units of the logit.
          </p>
          <EffectBars
            effects={strongest(effects, LISTED)}
            chosen={filter}
            onChoose={(chosen) => void flow.view.selectFilter(chosen)}
          />
        </>
      )}
    </div>
  );
}
