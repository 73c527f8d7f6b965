import plate from '../../viewer/plate.module.css';
import { words } from '../../words/words';
import { useApp, useAppState } from '../app-context';
import { FileButton } from '../FileButton';
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
          <FileButton
            label={hasSecond ? second.replace : second.add}
            className="small"
            testId="photo-input-b"
            onFile={(file) => void flow.photo.analyse(file, 'b')}
          />
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
