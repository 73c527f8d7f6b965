import { useEffect, useState } from 'react';
import type { ModelManifest } from '../../domain/manifest';

const SHOWN_DIGITS = 16;

/** The first digits of the SHA-256 of all files' SHA-256s (hexadecimal, in the manifest's order); null until computed. */
export function useModelFingerprint({ files }: ModelManifest): string | null {
  const [fingerprint, setFingerprint] = useState<string | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const text = files.map(({ sha256 }) => sha256).join('');
    void crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)).then((digest) => {
      const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
      if (isCurrent) setFingerprint(hex.slice(0, SHOWN_DIGITS));
    });
    return () => {
      isCurrent = false;
    };
  }, [files]);
  return fingerprint;
}
