import { words } from '../../words/words';
import { useApp } from '../app-context';
import css from './Samples.module.css';

const STEPS = ['mosaic', 'filters', 'deep'] as const;

/** The tutorial's views, of the photos on the screen or of samples. */
export function TutorialViews() {
  const { flow } = useApp();
  const { tutorial } = words.viewer;
  return (
    <div className={css.samples} role="group" aria-labelledby="tutorial-title">
      <p className="small soft" id="tutorial-title">
        {tutorial.title}
      </p>
      <div className={css.row}>
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
    </div>
  );
}
