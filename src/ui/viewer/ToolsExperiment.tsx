import { convolutionBehind, isConvolution } from '../../domain/network';
import type { AnalysisFacts, ExperimentFacts, ExperimentScore } from '../../store/app-state';
import { formatSigned } from '../../viewer/tools/format-signed';
import { MutedList } from '../../viewer/tools/MutedList';
import { formatScore } from '../../words/format';
import { words } from '../../words/words';
import { useApp, useAppState, useNetwork } from '../app-context';
import { Ranking } from './ToolsRanking';

/** Muting filters, the score without them, and the ranking of a layer's filters by what muting each does. */
export function ExperimentTool({ result }: { readonly result: AnalysisFacts }) {
  const { flow } = useApp();
  const network = useNetwork();
  const layer = useAppState((state) => state.view.layer);
  const isConv = isConvolution(network, layer);
  const second = useAppState((state) => state.photos.b.result);
  const experiment = useAppState((state) => state.experiment);
  const scoreA = useAppState((state) => state.photos.a.experiment);
  const scoreB = useAppState((state) => state.photos.b.experiment);
  return (
    <div className="tool-columns">
      <div className="tool-column">
        <p className="tool-lead">
          Muting sets a filter&rsquo;s map to 0 everywhere, and the network computes the score again from that layer on.
        </p>
        {experiment.mutes.length > 0 && <p className="tag experiment-badge">Experiment: not the model&rsquo;s score</p>}
        <div className="experiment-scores" aria-live="polite">
          <ExperimentCard testId="experiment-score" name="Photo A" result={result} experiment={experiment} score={scoreA} />
          {second !== null && (
            <ExperimentCard testId="experiment-score-b" name="Photo B" result={second} experiment={experiment} score={scoreB} />
          )}
          {experiment.error !== null && <p className="tool-error">{words.error[experiment.error.code]}</p>}
        </div>
        {isConv ? <MuteButtons layer={layer} /> : <PoolHint layer={layer} />}
        <div className="tool-buttons">
          <button
            type="button"
            className="button small"
            data-testid="mute-undo"
            disabled={experiment.past.length === 0}
            onClick={() => void flow.experiment.undo()}
          >
            Undo
          </button>
          <button
            type="button"
            className="button small"
            data-testid="unmute-all"
            disabled={experiment.mutes.length === 0}
            onClick={() => void flow.experiment.unmuteAll()}
          >
            Unmute all
          </button>
        </div>
        {experiment.mutes.length === 0 ? (
          <p className="tool-small">No filter is muted.</p>
        ) : (
          <MutedList
            network={network}
            mutes={experiment.mutes}
            onUnmute={(muted, filter) => void flow.experiment.toggleMute(muted, filter)}
          />
        )}
      </div>
      {isConv && (
        <div className="tool-column">
          <Ranking result={result} layer={layer} />
        </div>
      )}
    </div>
  );
}

interface ExperimentCardProps {
  readonly testId: string;
  readonly name: string;
  readonly result: AnalysisFacts;
  readonly experiment: ExperimentFacts;
  readonly score: ExperimentScore | null;
}

function ExperimentCard({ testId, name, result, experiment, score }: ExperimentCardProps) {
  const state = stateOf(experiment);
  const own = state !== 'idle' && score?.runId === result.runId ? score : null;
  const shown = state === 'idle' ? result : own;
  return (
    <dl
      className={state === 'running' ? 'experiment-card experiment-busy' : 'experiment-card'}
      data-testid={testId}
      data-state={state}
      data-probability={shown?.probability}
      data-logit={shown?.logit}
      data-base-logit={result.logit}
      data-ms={state === 'idle' ? undefined : own?.ms}
    >
      <div className="experiment-name">
        <dt>{name}</dt>
        <dd>{result.verdict === 'cant-say' && 'Can’t say: numbers to compare only'}</dd>
      </div>
      <div>
        <dt>As measured</dt>
        <dd>
          <b>{formatScore(result.probability)}</b> <span>logit {formatSigned(result.logit)}</span>
        </dd>
      </div>
      <div>
        <dt>Experiment</dt>
        <dd>{own === null ? <ScoreInWords state={state} /> : <ScoreInNumbers score={own} base={result.logit} />}</dd>
      </div>
    </dl>
  );
}

function ScoreInNumbers({ score, base }: { readonly score: ExperimentScore; readonly base: number }) {
  return (
    <>
      <b>{formatScore(score.probability)}</b> <span>logit {formatSigned(score.logit)}</span>
      <span>change {formatSigned(score.logit - base)}</span>
    </>
  );
}

function ScoreInWords({ state }: { readonly state: ExperimentState }) {
  if (state === 'running') return <span>computing …</span>;
  return <span>{state === 'idle' ? 'mute a filter to begin' : 'not computed'}</span>;
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
  return (
    <div className="tool-buttons">
      {filter !== null && (
        <>
          <button
            type="button"
            className="button button-primary small"
            data-testid="mute-toggle"
            onClick={() => void flow.experiment.toggleMute(layer, filter)}
          >
            {isMuted ? 'Unmute' : 'Mute'} filter {filter}
          </button>
          <button
            type="button"
            className="button small"
            data-testid="keep-only"
            onClick={() => void flow.experiment.keepOnly(layer, [filter])}
          >
            Keep only filter {filter}
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
          Keep only the pinned filters of this layer ({pinned.length})
        </button>
      )}
    </div>
  );
}

function PoolHint({ layer }: { readonly layer: string }) {
  const { flow } = useApp();
  const before = convolutionBehind(useNetwork(), layer).name;
  return (
    <div className="tool-buttons">
      <p>
        A pool passes on the convolution before it. To mute a filter, choose <span className="mono">{before}</span>.
      </p>
      <button type="button" className="button small" onClick={() => void flow.view.selectLayer(before)}>
        Go to {before}
      </button>
    </div>
  );
}
