import type { ChangeEvent } from 'react';
import { PICTURE_ACCEPT } from '../domain/file-names';

interface FileButtonProps {
  readonly label: string;
  /** Besides that of a file button. */
  readonly className?: string;
  readonly accept?: string;
  /** Of the input. */
  readonly testId: string;
  readonly onFile: (file: File) => void;
}

/** Hands the one chosen file on. */
export function takeFile(onFile: (file: File) => void): (event: ChangeEvent<HTMLInputElement>) => void {
  return ({ currentTarget }) => {
    const file = currentTarget.files?.[0];
    // Otherwise choosing the same file again would be no change, and nothing would happen.
    currentTarget.value = '';
    if (file !== undefined) onFile(file);
  };
}

/** A file input for one file, a picture unless `accept` says otherwise, that looks like a button. */
export function FileButton({ label, className = '', accept = PICTURE_ACCEPT, testId, onFile }: FileButtonProps) {
  return (
    <label className={`file-button ${className}`}>
      <span>{label}</span>
      <input type="file" accept={accept} data-testid={testId} onChange={takeFile(onFile)} />
    </label>
  );
}
