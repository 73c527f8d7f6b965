import type { FindingFacts, Slot } from '../../store/app-state';
import { words } from '../../words/words';
import { useApp, useAppState } from '../app-context';
import css from './FindingLine.module.css';

/** What "Find the lesion" did, in words. A live region: it stays in the page while it says nothing. */
export function FindingLine({ slot }: { readonly slot: Slot }) {
  const { flow } = useApp();
  const finding = useAppState((state) => state.photos[slot].crop.finding);
  return (
    <div
      className={`${css.finding} small`}
      aria-live="polite"
      data-testid={slot === 'a' ? 'crop-finding' : 'crop-finding-b'}
      data-state={finding.state}
      data-reason={finding.state === 'not-found' ? finding.reason : ''}
    >
      <FindingWords finding={finding} />
      {finding.state === 'found' && (
        <button
          type="button"
          className="button small"
          data-testid={slot === 'a' ? 'crop-undo' : 'crop-undo-b'}
          onClick={() => {
            flow.crop.undoFinding(slot);
          }}
        >
          {words.crop.finding.undo}
        </button>
      )}
    </div>
  );
}

function FindingWords({ finding }: { readonly finding: FindingFacts }) {
  const { running, found, notFound, overtaken } = words.crop.finding;
  switch (finding.state) {
    case 'idle':
      return null;
    case 'running':
      return <p className="soft">{running}</p>;
    case 'found':
      return <p>{found(finding.lesion.share)}</p>;
    case 'not-found':
      return <p>{notFound[finding.reason]}</p>;
    case 'overtaken':
      return <p>{overtaken}</p>;
    case 'failed':
      return <p>{words.error[finding.error.code]}</p>;
  }
}
