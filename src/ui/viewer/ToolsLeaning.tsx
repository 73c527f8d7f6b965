import { useMemo } from 'react';
import type { ErasedInput } from '../../domain/analysis';
import { calibrationOf } from '../../domain/judge';
import { calibrate } from '../../domain/score';
import type { AnalysisFacts, AppState, LeaningFacts } from '../../store/app-state';
import { RgbPicture } from '../../viewer/tools/PixelPicture';
import tools from '../../viewer/tools/tools.module.css';
import { words } from '../../words/words';
import { useApp, useAppState } from '../app-context';
import tool from './tool.module.css';
import css from './ToolsLiking.module.css';
import { ToolProgress } from './ToolsProgress';

const selectLeaning = (state: AppState): LeaningFacts | null => state.leaning;

/** Erases what a network may lean on, one thing after another, and shows how far the score of photo A moves. */
export function LeaningTool({ result }: { readonly result: AnalysisFacts }) {
  const { flow, cache } = useApp();
  const leaning = useAppState(selectLeaning);
  useAppState((state) => state.heavyVersion);
  const says = words.viewer.tools.leaning;
  const erased = cache.erased(result.runId);
  return (
    <div className={tool.column} data-testid="leaning" data-state={leaning?.runId === result.runId ? leaning.state : 'idle'}>
      <p className={tool.lead}>{says.about}</p>
      {result.verdict === 'cant-say' && <p>{words.viewer.tools.experiment.comparisonOnly}</p>}
      <div className={tool.buttons}>
        <button
          type="button"
          className="button button-primary small"
          data-testid="leaning-start"
          disabled={leaning?.state === 'running'}
          onClick={() => void flow.explain.eraseShortcuts()}
        >
          {erased.length === 0 ? says.start : says.again}
        </button>
      </div>
      <ToolProgress label={says.progress} select={selectLeaning} />
      {erased.length > 0 && (
        <>
          <div className={css.pictures}>
            {erased.map((input) => (
              <ErasedFigure key={input.shortcut} erased={input} result={result} />
            ))}
          </div>
          <p className={tools.small}>{says.limits}</p>
        </>
      )}
    </div>
  );
}

function ErasedFigure({ erased, result }: { readonly erased: ErasedInput; readonly result: AnalysisFacts }) {
  const { shortcut, share, rgb, logit } = erased;
  const { manifest, kind, probability } = result;
  const image = useMemo(() => new Float32Array(rgb), [rgb]);
  const says = words.viewer.tools.leaning;
  const moved = logit === null ? null : calibrate(logit, calibrationOf(kind, manifest));
  return (
    <figure data-testid={`leaning-${shortcut}`} data-share={share} data-probability={moved ?? undefined}>
      <figcaption>
        <b>{says.names[shortcut]}</b>
        {moved === null ? (
          <p>{share === 1 ? says.all : says.none}</p>
        ) : (
          <>
            <p>{says.move(probability, moved)}</p>
            <p className={tools.small}>{says.erased(share)}</p>
          </>
        )}
      </figcaption>
      {moved !== null && <RgbPicture image={image} side={manifest.network.input.side} label={says.pictureLabel(shortcut)} />}
    </figure>
  );
}
