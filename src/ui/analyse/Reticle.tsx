import css from './Reticle.module.css';

const TICKS = Array.from({ length: 72 }, (_, index) => index * 5);

/** The measuring ring of a dermatoscope, drawn where the photo will be. */
export function Reticle() {
  return (
    <svg className={css.reticle} viewBox="-100 -100 200 200" aria-hidden="true">
      <circle r="88" />
      <circle r="52" className={css.faint} />
      {TICKS.map((degrees) => (
        <path key={degrees} d={degrees % 30 === 0 ? 'M0-88v-10' : 'M0-88v-5'} transform={`rotate(${degrees})`} />
      ))}
      <path d="M-12 0h24M0-12v24" />
      <path className={css.faint} d="M-88 0h30M58 0h30M0-88v30M0 58v30" />
    </svg>
  );
}
