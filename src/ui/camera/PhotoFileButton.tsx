import type { Slot } from '../../store/app-state';
import { useApp } from '../app-context';

interface PhotoFileButtonProps {
  readonly slot: Slot;
  readonly label: string;
  readonly testId: string;
  readonly className?: string;
  /** Opens the system's own camera app instead of the gallery, where there is one. */
  readonly isSystemCamera?: boolean;
  readonly onChosen?: () => void;
}

/** A file input that looks like a button; what is chosen is analysed at once. */
export function PhotoFileButton({ slot, label, testId, className = '', isSystemCamera = false, onChosen }: PhotoFileButtonProps) {
  const { flow } = useApp();
  return (
    <label className={`file-button ${className}`}>
      {label}
      <input
        type="file"
        accept="image/*"
        {...(isSystemCamera && { capture: 'environment' })}
        data-testid={testId}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          // Otherwise choosing the same file again would be no change, and nothing would happen.
          currentTarget.value = '';
          if (file === undefined) return;
          onChosen?.();
          void flow.analysePhoto(file, slot);
        }}
      />
    </label>
  );
}
