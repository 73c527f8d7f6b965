import { useState } from 'react';

export interface Copying {
  /** `refused`: the browser does not let the page. */
  readonly copied: 'no' | 'yes' | 'refused';
  readonly copyText: (text: string) => Promise<void>;
}

/** Puts a text on the clipboard, and knows whether that worked. */
export function useCopying(): Copying {
  const [copied, setCopied] = useState<Copying['copied']>('no');
  const copyText = async (text: string): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied('yes');
    } catch {
      // Insecure contexts and some settings forbid it.
      setCopied('refused');
    }
  };
  return { copied, copyText };
}
