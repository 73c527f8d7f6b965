import { scaleBarLength } from '../../domain/scale-bar';
import css from './Ruler.module.css';

interface RulerProps {
  /** Width of the picture above it, in the ruler's unit. */
  readonly extent: number;
  /** Says a length in the ruler's unit. */
  readonly says: (length: number) => string;
}

/** A scale bar below a picture that is as wide as what surrounds both. */
export function Ruler({ extent, says }: RulerProps) {
  const length = scaleBarLength(extent);
  const share = length / extent;
  const label = says(length);
  return (
    <div className={css.ruler} data-ruler={share} data-label={label} data-testid="report-ruler">
      <div className={css.bar} style={{ width: `${share * 100}%` }} aria-hidden="true" />
      <p>{label}</p>
    </div>
  );
}
