import { words } from '../../words/words';
import { useApp, useAppState } from '../app-context';
import { ScrollTable } from '../ScrollTable';
import { Paragraphs } from './Paragraphs';
import { useSamples } from './use-samples';

const LAYER = 'block2_conv1';
const FILTER = 3;

export function MuteStep() {
  const { flow } = useApp();
  const samples = useSamples();
  const photos = useAppState((state) => state.photos);
  const { mutes, isRunning, error } = useAppState((state) => state.experiment);
  const isMuted = mutes.some(({ layer, filters }) => layer === LAYER && filters.includes(FILTER));
  const says = words.tutorial.mute;
  return (
    <>
      <Paragraphs texts={says.about(LAYER, FILTER)} />
      <div>
        <button
          type="button"
          className="button"
          data-testid="tutorial-mute"
          aria-disabled={samples.length < 2}
          onClick={() => {
            if (samples.length === 2) void flow.experiment.toggleMute(LAYER, FILTER);
          }}
        >
          {isMuted ? says.unmute(FILTER) : says.mute(FILTER)}
        </button>
      </div>
      {samples.length < 2 && <p role="status">{words.tutorial.waiting}</p>}
      {error !== null && <p role="alert">{words.error[error.code]}</p>}
      <ScrollTable labelledBy="tutorial-table">
        <table>
          <caption className="visually-hidden" id="tutorial-table">
            {says.caption}
          </caption>
          <thead>
            <tr>
              <th scope="col">{says.heads.photo}</th>
              <th scope="col" className="number">
                {says.heads.measured}
              </th>
              <th scope="col" className="number">
                {says.heads.without}
              </th>
            </tr>
          </thead>
          <tbody aria-live="polite">
            {samples.map(({ slot, result }) => {
              const score = mutes.length === 0 ? null : photos[slot].experiment;
              const own = score?.runId === result.runId && !isRunning ? score : null;
              return (
                <tr key={slot} data-testid={`tutorial-score-${slot}`} data-without={own?.probability}>
                  <th scope="row">{says.names[slot]}</th>
                  <td className="number">{says.score(result.probability)}</td>
                  <td className="number">
                    {own === null ? (isRunning ? says.running : says.none) : says.score(own.probability)}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </ScrollTable>
      <p>{says.meaning}</p>
    </>
  );
}

export function ScoreStep() {
  const [a, b] = useSamples();
  const says = words.tutorial.score;
  return (
    <>
      {a === undefined || b === undefined ? (
        <p role="status">{words.tutorial.waiting}</p>
      ) : (
        <p>
          <b>{says.both(a.result.probability, b.result.probability)}</b>
        </p>
      )}
      <Paragraphs texts={says.about} />
    </>
  );
}
