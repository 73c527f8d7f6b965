import { useEffect, useState } from 'react';
import { modelFingerprint } from '../../domain/diary';
import type { ModelManifest } from '../../domain/manifest';

const SHOWN_DIGITS = 16;

/** The first digits of `modelFingerprint`, hexadecimal; null until computed. */
export function useModelFingerprint(manifest: ModelManifest): string | null {
  const [fingerprint, setFingerprint] = useState<string | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void modelFingerprint(manifest).then((hex) => {
      if (isCurrent) setFingerprint(hex.slice(0, SHOWN_DIGITS));
    });
    return () => {
      isCurrent = false;
    };
  }, [manifest]);
  return fingerprint;
}
