import { useEffect } from 'react';
import type { LoadedModel } from '../../domain/loaded-model';
import type { NetworkShape } from '../../domain/network';
import type { ModelStatus } from '../../store/app-state';
import { words } from '../../words/words';
import { useApp, useAppState, useNetwork } from '../app-context';
import { ScrollTable } from '../ScrollTable';
import { ArchitectureStrip } from './ArchitectureStrip';
import { FilesTable } from './FilesTable';
import { KerasFile } from './KerasFile';
import { MetricsTable } from './MetricsTable';
import css from './model.module.css';
import { networkRows } from './network-rows';
import { OwnModels } from './OwnModels';
import { OwnModelSections } from './OwnModelSections';

export function ModelPage() {
  const says = words.pages.model;
  const { flow } = useApp();
  const model = useAppState((state) => state.model);
  const network = useNetwork();
  const isOwn = model.state === 'ready' && model.facts.manifest.own !== undefined;
  useEffect(() => void flow.own.list(), [flow]);
  return (
    <div className="page">
      <h1 tabIndex={-1}>{says.title}</h1>
      {isOwn ? null : <p className="lead">{says.lead(network.input.side)}</p>}
      <OwnModels />
      {isOwn ? <OwnModelSections manifest={model.facts.manifest} /> : <BuiltIn model={model} network={network} />}
    </div>
  );
}

interface BuiltInProps {
  readonly model: ModelStatus;
  readonly network: NetworkShape;
}

/** The model that ships. */
function BuiltIn({ model, network }: BuiltInProps) {
  const says = words.pages.model;
  return (
    <>
      <ArchitectureStrip network={network} />
      {model.state === 'ready' ? <ModelFactsSections facts={model.facts} /> : <p className="soft">{says.notLoaded}</p>}
      <section aria-labelledby="layers-title">
        <h2 id="layers-title">{says.layers.title}</h2>
        <ScrollTable labelledBy="layers-title">
          <table data-testid="model-summary">
            <thead>
              <tr>
                <th scope="col">{says.layers.columns.name}</th>
                <th scope="col">{says.layers.columns.kind}</th>
                <th scope="col">{says.layers.columns.shape}</th>
                <th scope="col" className="number">
                  {says.layers.columns.parameters}
                </th>
              </tr>
            </thead>
            <tbody>
              {networkRows(network).map(({ name, type, outputShape, parameters }) => (
                <tr key={name}>
                  <th scope="row" className="mono">
                    {name}
                  </th>
                  <td>{type}</td>
                  <td className="mono">{outputShape}</td>
                  <td className="number">{says.layers.parameters(parameters)}</td>
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row" colSpan={3}>
                  {says.layers.total}
                </th>
                <td className="number">{says.layers.parameters(network.parameters)}</td>
              </tr>
            </tfoot>
          </table>
        </ScrollTable>
      </section>
    </>
  );
}

function ModelFactsSections({ facts: { manifest } }: { readonly facts: LoadedModel }) {
  const says = words.pages.model;
  return (
    <>
      <section aria-labelledby="metrics-title">
        <h2 id="metrics-title">{says.metrics.title}</h2>
        <MetricsTable metrics={manifest.metrics} threshold={manifest.threshold} />
      </section>
      <section aria-labelledby="data-title">
        <h2 id="data-title">{says.data.title}</h2>
        <ul className={css.sources}>
          {manifest.trainingData.map(({ name, licence, source }) => (
            <li key={name}>
              <b>{says.data.name(name)}</b>
              <span>{source}</span>
              <span className="soft">{licence}</span>
            </li>
          ))}
        </ul>
        <p>{says.data.licence(manifest.licence)}</p>
      </section>
      <section aria-labelledby="files-title">
        <h2 id="files-title">{says.files.title(manifest.version)}</h2>
        <details>
          <summary>{says.files.show}</summary>
          <FilesTable manifest={manifest} />
        </details>
      </section>
      <KerasFile manifest={manifest} />
    </>
  );
}
