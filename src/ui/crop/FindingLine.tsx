import { ERROR_SENTENCES } from '../../domain/errors';
import { NOT_FOUND_SENTENCES } from '../../domain/find-lesion';
import type { FindingFacts, Slot } from '../../store/app-state';
import { useApp, useAppState } from '../app-context';

/** What "Find the lesion" did, in words. A live region: it stays in the page while it says nothing. */
export function FindingLine({ slot }: { readonly slot: Slot }) {
  const { flow } = useApp();
  const finding = useAppState((state) => state.photos[slot].crop.finding);
  return (
    <div
      className="finding small"
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
          Put it back
        </button>
      )}
    </div>
  );
}

function FindingWords({ finding }: { readonly finding: FindingFacts }) {
  switch (finding.state) {
    case 'idle':
      return null;
    case 'running':
      return <p className="soft">Looking for a spot that differs from the skin at the photo&rsquo;s edge …</p>;
    case 'found':
      return (
        <p>
          The square was moved to the largest spot near the middle whose colour differs from the photo&rsquo;s edge: it covers{' '}
          {shareWords(finding.lesion.share)} of the photo. This compares colours, no more: check that it is the spot you mean.
        </p>
      );
    case 'not-found':
      return <p>{NOT_FOUND_SENTENCES[finding.reason]}</p>;
    case 'overtaken':
      return <p>You moved the square meanwhile, so it was left where you put it.</p>;
    case 'failed':
      return <p>{ERROR_SENTENCES[finding.error.code]}</p>;
  }
}

function shareWords(share: number): string {
  const percent = Math.round(share * 100);
  return percent < 1 ? 'less than 1 %' : `${percent} %`;
}
