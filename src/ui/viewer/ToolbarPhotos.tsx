import { PICTURE_ACCEPT } from '../../domain/file-names';
import { useApp, useAppState } from '../app-context';
import { CameraButton } from '../camera/CameraButton';

const TUTORIAL = [
  { step: 'mosaic', label: '1 mosaic' },
  { step: 'filters', label: '2 filters 49 and 94' },
  { step: 'deep', label: '3 deep mosaic' },
] as const;

/** The tutorial's views, and a second photo to compare with. */
export function ToolbarPhotos() {
  const { flow } = useApp();
  const hasFirst = useAppState((state) => state.photos.a.result !== null);
  const hasSecond = useAppState((state) => state.photos.b.result !== null);
  return (
    <div className="viewer-photos">
      <div className="viewer-row" role="group" aria-labelledby="tutorial-title">
        <span className="small soft" id="tutorial-title">
          Tutorial:
        </span>
        {TUTORIAL.map(({ step, label }) => (
          <button
            key={step}
            type="button"
            className="button small"
            data-testid={`tutorial-${step}`}
            aria-label={`Tutorial: ${label}`}
            onClick={() => void flow.view.openTutorial(step)}
          >
            {label}
          </button>
        ))}
      </div>
      {hasFirst && (
        <div className="viewer-row" role="group" aria-label="Second photo">
          <label className="file-button small">
            {hasSecond ? 'Another photo B' : 'Add photo B'}
            <input
              type="file"
              accept={PICTURE_ACCEPT}
              data-testid="photo-input-b"
              onChange={({ currentTarget }) => {
                const file = currentTarget.files?.[0];
                // Otherwise choosing the same file again would be no change, and nothing would happen.
                currentTarget.value = '';
                if (file !== undefined) void flow.photo.analyse(file, 'b');
              }}
            />
          </label>
          <CameraButton slot="b" />
          {hasSecond && (
            <>
              <button type="button" className="button small" data-testid="swap-photos" onClick={() => flow.photo.swap()}>
                Swap A and B
              </button>
              <button type="button" className="button small" data-testid="remove-b" onClick={() => flow.photo.removeSecond()}>
                Remove B
              </button>
            </>
          )}
        </div>
      )}
    </div>
  );
}
