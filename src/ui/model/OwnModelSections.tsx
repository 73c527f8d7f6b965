import { useId, useState, type CSSProperties } from 'react';
import type { ModelManifest } from '../../domain/manifest';
import type { KeptModel } from '../../domain/own-settings';
import { words } from '../../words/words';
import { useApp, useAppState } from '../app-context';
import { ConfirmButton } from '../ConfirmButton';
import { ScrollTable } from '../ScrollTable';
import { ArchitectureStrip } from './ArchitectureStrip';
import css from './OwnModels.module.css';
import { OwnLabels } from './OwnLabels';
import { OwnScaling } from './OwnScaling';

/** A person's own model: facts, what is set for it, its layers. */
export function OwnModelSections({ manifest }: { readonly manifest: ModelManifest }) {
  const model = useAppState(({ own }) => own.models.find(({ name }) => name === manifest.version) ?? null);
  if (model === null) return null;
  return (
    <>
      <OwnFacts model={model} />
      <ArchitectureStrip network={manifest.network} />
      <OwnScaling key={`scaling-${model.name}`} model={model} />
      <OwnLabels key={`labels-${model.name}`} model={model} />
      <OwnSummary model={model} />
    </>
  );
}

function OwnFacts({ model }: { readonly model: KeptModel }) {
  const says = words.own;
  const { flow } = useApp();
  const isKept = useAppState(({ own }) => own.kept.includes(model.name));
  const { facts, bytes } = model;
  const [name, setName] = useState(model.name);
  const id = useId();
  const rows: readonly (readonly [string, string])[] = [
    [says.facts.format, says.facts.formatOf(facts.format)],
    [says.facts.size, says.facts.sizeOf(bytes)],
    [says.facts.input, says.facts.inputOf(facts)],
    [says.facts.output, says.facts.outputOf(facts)],
    [says.facts.hash, facts.hash],
  ];
  return (
    <section className={css.form} aria-label={model.name}>
      <dl className={css.facts}>
        {rows.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd className={term === says.facts.hash ? 'mono small' : undefined}>{value}</dd>
          </div>
        ))}
      </dl>
      <p data-testid="own-kept" data-kept={isKept}>
        {isKept ? says.kept(bytes) : says.notKept}
      </p>
      <div className={css.row}>
        {!isKept && (
          <button type="button" className="button" data-testid="own-keep" onClick={() => void flow.own.keep(model.name)}>
            {says.keep}
          </button>
        )}
        <div className="field">
          <label htmlFor={id}>{says.name}</label>
          <input id={id} type="text" data-testid="own-name" value={name} onChange={({ target }) => setName(target.value)} />
        </div>
        <button
          type="button"
          className="button"
          data-testid="own-rename"
          disabled={name.trim() === '' || name === model.name}
          onClick={() => void flow.own.rename(model.name, name)}
        >
          {says.rename}
        </button>
        <ConfirmButton
          label={says.remove}
          question={says.removeQuestion(model.name)}
          testId="own-remove"
          onConfirm={() => void flow.own.remove(model.name)}
        />
      </div>
    </section>
  );
}

function OwnSummary({ model: { facts } }: { readonly model: KeptModel }) {
  const says = words.own.summary;
  const { totals } = facts;
  const sums = [
    [says.total, totals.parameters],
    [says.trainable, totals.trainable],
    [says.nonTrainable, totals.nonTrainable],
  ] as const;
  return (
    <section aria-labelledby="layers-title">
      <h2 id="layers-title">{says.title}</h2>
      <ScrollTable labelledBy="layers-title">
        <table data-testid="model-summary">
          <thead>
            <tr>
              <th scope="col">{says.columns.name}</th>
              <th scope="col">{says.columns.type}</th>
              <th scope="col">{says.columns.shape}</th>
              <th scope="col" className="number">
                {says.columns.parameters}
              </th>
            </tr>
          </thead>
          <tbody>
            {facts.summary.map(({ name, type, outputShape, parameters, depth }, i) => (
              <tr key={i}>
                <th scope="row" className="mono">
                  <span className={css.nested} style={{ '--depth': depth } as CSSProperties}>
                    {name}
                  </span>
                </th>
                <td>{type}</td>
                <td className={`mono ${css.shape}`}>{outputShape}</td>
                <td className="number">{says.parameters(parameters)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            {sums.map(([label, count]) => (
              <tr key={label}>
                <th scope="row" colSpan={3}>
                  {label}
                </th>
                <td className="number">{says.parameters(count)}</td>
              </tr>
            ))}
          </tfoot>
        </table>
      </ScrollTable>
    </section>
  );
}
