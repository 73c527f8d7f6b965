import css from './FramingRing.module.css';

const TICKS = Array.from({ length: 72 }, (_, index) => index * 5);

/** The ring that touches the square which is analysed; in another colour when nothing stands in the way of a good photo. */
export function FramingRing({ isGood }: { readonly isGood: boolean }) {
  return (
    <svg className={isGood ? `${css.ring} ${css.good}` : css.ring} viewBox="-100 -100 200 200" aria-hidden="true">
      <circle r="98.5" className={css.shade} />
      <circle r="98.5" />
      {TICKS.map((degrees) => (
        <path key={degrees} d={degrees % 30 === 0 ? 'M0-98v9' : 'M0-98v4'} transform={`rotate(${degrees})`} />
      ))}
      <path className={css.shade} d="M-7 0h14M0-7v14" />
      <path d="M-7 0h14M0-7v14" />
    </svg>
  );
}
