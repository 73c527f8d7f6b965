import { useState } from 'react';
import { useApp } from '../app-context';

/** A text for a report of a fault; shown before it is copied, so that nobody sends what they have not seen. */
export function Diagnostics() {
  const { flow } = useApp();
  const [text, setText] = useState<string | null>(null);
  const [copied, setCopied] = useState<'no' | 'yes' | 'refused'>('no');
  const copy = async (): Promise<void> => {
    const told = await flow.device.describeState();
    setText(told);
    try {
      await navigator.clipboard.writeText(told);
      setCopied('yes');
    } catch {
      // Insecure contexts and some settings forbid it.
      setCopied('refused');
    }
  };
  return (
    <section aria-labelledby="diagnostics-title">
      <h2 id="diagnostics-title">Diagnostics</h2>
      <p>
        If something goes wrong, this text helps to find out why: browser, device, model, timings, last errors. It holds nothing
        of any photo, not even a file name.
      </p>
      <p>
        <button type="button" className="button" data-testid="diagnostics-copy" onClick={() => void copy()}>
          Copy diagnostics
        </button>
      </p>
      <p role="status" className="small">
        {copied === 'yes' && 'Copied.'}
        {copied === 'refused' && 'The browser did not let the page copy. Select the text below and copy it.'}
      </p>
      {text !== null && (
        <pre className="diagnostics mono small" data-testid="diagnostics" tabIndex={0} role="region" aria-label="Diagnostics">
          {text}
        </pre>
      )}
    </section>
  );
}
