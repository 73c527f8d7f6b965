import { SYNTHETIC_LESIONS } from '../../domain/synthetic-lesion';
import { words } from '../../words/words';
import { useApp } from '../app-context';
import css from './Samples.module.css';

/** Two lesions that our own code draws, to try the app without a photo. */
export function Samples({ title }: { readonly title: string }) {
  const { flow } = useApp();
  return (
    <div className={css.samples}>
      <p className="small soft" id="samples-title">
        {title}
      </p>
      <div className={css.row} role="group" aria-labelledby="samples-title">
        {SYNTHETIC_LESIONS.map((kind) => (
          <button key={kind} type="button" className="button small" onClick={() => void flow.photo.analyseSample(kind)}>
            {words.analyse.samples.kinds[kind]}
          </button>
        ))}
      </div>
    </div>
  );
}
