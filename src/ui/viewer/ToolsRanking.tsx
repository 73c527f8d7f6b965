import { layerOf } from '../../domain/network';
import type { AnalysisFacts, AppState, RankingFacts } from '../../store/app-state';
import { EffectBars } from '../../viewer/tools/EffectBars';
import tools from '../../viewer/tools/tools.module.css';
import { countMeasured, strongest } from '../../viewer/tools/top-list';
import { words } from '../../words/words';
import { useApp, useAppState } from '../app-context';
import tool from './tool.module.css';
import { ToolProgress } from './ToolsProgress';
import css from './ToolsRanking.module.css';

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
  const says = words.viewer.tools.ranking;
  return (
    <div
      className={tool.block}
      data-testid="ranking"
      data-state={state}
      data-done={measured}
      data-total={channels}
      data-layer={layer}
    >
      <h3>{says.title}</h3>
      <p className={tools.small}>{says.about(<span className="mono">{layer}</span>)}</p>
      <div className={tool.buttons}>
        {state !== 'running' && measured < channels && (
          <button type="button" className="button small" data-testid="rank-start" onClick={() => void flow.explain.rankFilters()}>
            {measured === 0 ? says.start : says.goOn(measured, channels)}
          </button>
        )}
        {(state === 'running' || isElsewhere) && (
          <button type="button" className="button small" data-testid="rank-cancel" onClick={flow.explain.cancelRanking}>
            {words.viewer.tools.cancel}
          </button>
        )}
        {measured > 0 && order !== 'effect' && (
          <button
            type="button"
            className={`button button-quiet small ${css.order}`}
            data-testid="order-by-effect"
            onClick={() => {
              flow.view.set({ order: 'effect' });
            }}
          >
            {says.order}
          </button>
        )}
      </div>
      {(own !== null || isElsewhere) && <ToolProgress label={says.progress(ranking?.layer ?? layer)} select={selectRanking} />}
      {effects !== null && measured > 0 && (
        <>
          <p className={tools.small}>{measured < channels ? says.strongestSoFar(measured) : says.strongest(LISTED, channels)}</p>
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
