import { words } from '../../words/words';
import css from './about.module.css';
import { DeviceCheck } from './DeviceCheck';
import { Diagnostics } from './Diagnostics';
import { EngineChoice } from './EngineChoice';

export function AboutPage() {
  const { title, lead, limits, privacy, licences } = words.pages.about;
  return (
    <div className="page">
      <h1 tabIndex={-1}>{title}</h1>
      <p className="lead">{lead}</p>
      <div className={css.columns}>
        <section aria-labelledby="limits-title">
          <h2 id="limits-title">{limits.title}</h2>
          <p>{limits.cannotExamine}</p>
          <p>{limits.errs}</p>
          <p>{limits.showDoctor}</p>
        </section>
        <section aria-labelledby="privacy-title">
          <h2 id="privacy-title">{privacy.title}</h2>
          <p>{privacy.words}</p>
        </section>
      </div>
      <DeviceCheck />
      <EngineChoice />
      <Diagnostics />
      <section aria-labelledby="licences-title">
        <h2 id="licences-title">{licences.title}</h2>
        <ul className="plain-list">
          <li>{licences.code}</li>
          <li>{licences.weights}</li>
          <li>{licences.data}</li>
          <li>{licences.libraries}</li>
          <li>{licences.colourMaps}</li>
        </ul>
      </section>
    </div>
  );
}
