import type { LoadedModel } from '../../domain/loaded-model';
import { useAppState, useNetwork } from '../app-context';
import { ScrollTable } from '../ScrollTable';
import { FilesTable } from './FilesTable';
import { MetricsTable } from './MetricsTable';
import { networkRows } from './network-rows';

export function ModelPage() {
  const model = useAppState((state) => state.model);
  const network = useNetwork();
  return (
    <div className="page">
      <h1 tabIndex={-1}>The model</h1>
      <p className="lead">
        A VGG16-style network that looks at one {network.input.side}×{network.input.side} picture and gives one number: its score
        for malignant. Educational and research model, not a medical device.
      </p>
      {model.state === 'ready' ? (
        <ModelFactsSections facts={model.facts} />
      ) : (
        <p className="soft">Test figures, training data and file hashes appear here once the model is loaded.</p>
      )}
      <section aria-labelledby="layers-title">
        <h2 id="layers-title">Layers</h2>
        <ScrollTable labelledBy="layers-title">
          <table data-testid="model-summary">
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Type</th>
                <th scope="col">Output shape</th>
                <th scope="col" className="number">
                  Parameters
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
                  <td className="number">{parameters.toLocaleString('en')}</td>
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row" colSpan={3}>
                  Total
                </th>
                <td className="number">{network.parameters.toLocaleString('en')}</td>
              </tr>
            </tfoot>
          </table>
        </ScrollTable>
      </section>
    </div>
  );
}

function ModelFactsSections({ facts: { manifest } }: { readonly facts: LoadedModel }) {
  return (
    <>
      <section aria-labelledby="metrics-title">
        <h2 id="metrics-title">How well it does</h2>
        <MetricsTable metrics={manifest.metrics} threshold={manifest.threshold} />
      </section>
      <section aria-labelledby="data-title">
        <h2 id="data-title">What it was trained on</h2>
        <ul className="sources">
          {manifest.trainingData.map(({ name, licence, source }) => (
            <li key={name}>
              <b>{name}</b>
              <span>{source}</span>
              <span className="soft">{licence}</span>
            </li>
          ))}
        </ul>
        <p>
          The weights are under {manifest.licence}, as these data demand; the code is under the MIT licence. Pictures of dark skin
          are rare in these sets, so the figures above say little about it.
        </p>
      </section>
      <section aria-labelledby="files-title">
        <h2 id="files-title">Version {manifest.version} and its files</h2>
        <FilesTable manifest={manifest} />
      </section>
    </>
  );
}
