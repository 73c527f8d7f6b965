import { PICTURE_ACCEPT } from '../../domain/file-names';
import plate from '../../viewer/plate.module.css';
import { words } from '../../words/words';
import { useApp, useAppState } from '../app-context';
import { CameraButton } from '../camera/CameraButton';
import css from './ToolbarPhotos.module.css';

const STEPS = ['mosaic', 'filters', 'deep'] as const;

/** The tutorial's views, and a second photo to compare with. */
export function ToolbarPhotos() {
  const { flow } = useApp();
  const hasFirst = useAppState((state) => state.photos.a.result !== null);
  const hasSecond = useAppState((state) => state.photos.b.result !== null);
  const { tutorial, second } = words.viewer;
  return (
    <div className={css.photos}>
      <div className={plate.row} role="group" aria-labelledby="tutorial-title">
        <span className="small soft" id="tutorial-title">
          {tutorial.title}
        </span>
        {STEPS.map((step) => (
          <button
            key={step}
            type="button"
            className="button small"
            data-testid={`tutorial-${step}`}
            aria-label={tutorial.stepLabel(tutorial.steps[step])}
            onClick={() => void flow.view.openTutorial(step)}
          >
            {tutorial.steps[step]}
          </button>
        ))}
      </div>
      {hasFirst && (
        <div className={plate.row} role="group" aria-label={second.title}>
          <label className="file-button small">
            <span>{hasSecond ? second.replace : second.add}</span>
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
                {second.swap}
              </button>
              <button type="button" className="button small" data-testid="remove-b" onClick={() => flow.photo.removeSecond()}>
                {second.remove}
              </button>
            </>
          )}
        </div>
      )}
    </div>
  );
}
