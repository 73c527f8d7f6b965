import { convolutionBehind, isConvolution } from '../../domain/network';
import type { AnalysisFacts, ExperimentFacts, ExperimentScore, Slot } from '../../store/app-state';
import { MutedList } from '../../viewer/tools/MutedList';
import tools from '../../viewer/tools/tools.module.css';
import { words } from '../../words/words';
import { useApp, useAppState, useNetwork } from '../app-context';
import tool from './tool.module.css';
import css from './ToolsExperiment.module.css';
import { Ranking } from './ToolsRanking';

/** Muting filters, the score without them, and the ranking of a layer's filters by what muting each does. */
export function ExperimentTool({ result }: { readonly result: AnalysisFacts }) {
  const { flow } = useApp();
  const network = useNetwork();
  const layer = useAppState((state) => state.view.layer);
  const isConv = isConvolution(network, layer);
  const second = useAppState((state) => state.photos.b.result);
  const isOtherModel = useAppState((state) => state.own.compared !== null);
  const experiment = useAppState((state) => state.experiment);
  const scoreA = useAppState((state) => state.photos.a.experiment);
  const scoreB = useAppState((state) => state.photos.b.experiment);
  const says = words.viewer.tools.experiment;
  return (
    <div className={tool.columns}>
      <div className={tool.column}>
        <p className={tool.lead}>{says.about}</p>
        {experiment.mutes.length > 0 && <p className={`tag ${css.badge}`}>{says.badge}</p>}
        <div className={css.scores} aria-live="polite">
          <ExperimentCard testId="experiment-score" slot="a" result={result} experiment={experiment} score={scoreA} />
          {second !== null && isOtherModel && <p className={tools.small}>{says.otherModel}</p>}
          {second !== null && !isOtherModel && (
            <ExperimentCard testId="experiment-score-b" slot="b" result={second} experiment={experiment} score={scoreB} />
          )}
          {experiment.error !== null && <p className={tool.error}>{words.error[experiment.error.code]}</p>}
        </div>
        {isConv ? <MuteButtons layer={layer} /> : <PoolHint layer={layer} />}
        <div className={tool.buttons}>
          <button
            type="button"
            className="button small"
            data-testid="mute-undo"
            disabled={experiment.past.length === 0}
            onClick={() => void flow.experiment.undo()}
          >
            {says.undo}
          </button>
          <button
            type="button"
            className="button small"
            data-testid="unmute-all"
            disabled={experiment.mutes.length === 0}
            onClick={() => void flow.experiment.unmuteAll()}
          >
            {says.unmuteAll}
          </button>
        </div>
        {experiment.mutes.length === 0 ? (
          <p className={tools.small}>{says.noneMuted}</p>
        ) : (
          <MutedList
            network={network}
            mutes={experiment.mutes}
            onUnmute={(muted, filter) => void flow.experiment.toggleMute(muted, filter)}
          />
        )}
      </div>
      {isConv && (
        <div className={tool.column}>
          <Ranking result={result} layer={layer} />
        </div>
      )}
    </div>
  );
}

interface ExperimentCardProps {
  readonly testId: string;
  readonly slot: Slot;
  readonly result: AnalysisFacts;
  readonly experiment: ExperimentFacts;
  readonly score: ExperimentScore | null;
}

function ExperimentCard({ testId, slot, result, experiment, score }: ExperimentCardProps) {
  const state = stateOf(experiment);
  const own = state !== 'idle' && score?.runId === result.runId ? score : null;
  const shown = state === 'idle' ? result : own;
  const { photos, experiment: says } = words.viewer.tools;
  return (
    <dl
      className={state === 'running' ? `${css.card} ${css.busy}` : css.card}
      data-testid={testId}
      data-state={state}
      data-probability={shown?.probability}
      data-logit={shown?.logit}
      data-base-logit={result.logit}
      data-ms={state === 'idle' ? undefined : own?.ms}
    >
      <div className={css.name}>
        <dt>{photos[slot]}</dt>
        <dd>{result.verdict === 'cant-say' && says.comparisonOnly}</dd>
      </div>
      <div>
        <dt>{says.measured}</dt>
        <dd>{says.score(result.probability, result.logit, null)}</dd>
      </div>
      <div>
        <dt>{says.experiment}</dt>
        <dd>{own === null ? <NoScore state={state} /> : says.score(own.probability, own.logit, own.logit - result.logit)}</dd>
      </div>
    </dl>
  );
}

function NoScore({ state }: { readonly state: ExperimentState }) {
  const { computing, begin, notComputed } = words.viewer.tools.experiment;
  if (state === 'running') return <span>{computing}</span>;
  return <span>{state === 'idle' ? begin : notComputed}</span>;
}

type ExperimentState = 'idle' | 'running' | 'done' | 'failed';

function stateOf({ mutes, isRunning, error }: ExperimentFacts): ExperimentState {
  if (mutes.length === 0) return 'idle';
  if (isRunning) return 'running';
  return error === null ? 'done' : 'failed';
}

function MuteButtons({ layer }: { readonly layer: string }) {
  const { flow } = useApp();
  const filter = useAppState((state) => state.view.filter);
  const mutes = useAppState((state) => state.experiment.mutes);
  const allPins = useAppState((state) => state.pins);
  const pinned = allPins.filter((pin) => pin.layer === layer).map((pin) => pin.filter);
  const isMuted = filter !== null && mutes.some((muted) => muted.layer === layer && muted.filters.includes(filter));
  const { mute, unmute, keepOnly, keepPinned } = words.viewer.tools.experiment;
  return (
    <div className={tool.buttons}>
      {filter !== null && (
        <>
          <button
            type="button"
            className={`button button-primary small ${css.onPhone}`}
            data-testid="mute-toggle"
            onClick={() => void flow.experiment.toggleMute(layer, filter)}
          >
            {(isMuted ? unmute : mute)(filter)}
          </button>
          <button
            type="button"
            className="button small"
            data-testid="keep-only"
            onClick={() => void flow.experiment.keepOnly(layer, [filter])}
          >
            {keepOnly(filter)}
          </button>
        </>
      )}
      {pinned.length > 0 && (
        <button
          type="button"
          className="button small"
          data-testid="keep-pinned"
          onClick={() => void flow.experiment.keepOnly(layer, pinned)}
        >
          {keepPinned(pinned.length)}
        </button>
      )}
    </div>
  );
}

function PoolHint({ layer }: { readonly layer: string }) {
  const { flow } = useApp();
  const before = convolutionBehind(useNetwork(), layer).name;
  const { muteBefore, goTo } = words.viewer.tools.experiment;
  return (
    <div className={tool.buttons}>
      <p>{muteBefore(<span className="mono">{before}</span>)}</p>
      <button type="button" className="button small" onClick={() => void flow.view.selectLayer(before)}>
        {goTo(before)}
      </button>
    </div>
  );
}
