import { useApp } from '../app-context';

/** Two lesions that our own code draws, to try the app without a photo. */
export function Samples({ title }: { readonly title: string }) {
  const { flow } = useApp();
  return (
    <div className="samples">
      <p className="small soft" id="samples-title">
        {title}
      </p>
      <div className="samples-row" role="group" aria-labelledby="samples-title">
        <button type="button" className="button small" onClick={() => void flow.photo.analyseSample('regular')}>
          Regular (synthetic)
        </button>
        <button type="button" className="button small" onClick={() => void flow.photo.analyseSample('irregular')}>
          Irregular (synthetic)
        </button>
      </div>
    </div>
  );
}
