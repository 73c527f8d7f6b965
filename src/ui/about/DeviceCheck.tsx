import { ERROR_SENTENCES } from '../../domain/errors';
import type { SelfTestCase } from '../../domain/loaded-model';
import { useApp, useAppState } from '../app-context';
import { ScrollTable } from '../ScrollTable';
import { backendWords } from '../words';

/** Runs every reference input on this device and compares all 13 layers and the score with the reference results. */
export function DeviceCheck() {
  const { flow } = useApp();
  const selfTest = useAppState((state) => state.selfTest);
  const model = useAppState((state) => state.model);
  const isBusy = selfTest.state === 'running' || model.state !== 'ready';
  return (
    <section aria-labelledby="check-title">
      <h2 id="check-title">Check this device</h2>
      <p>
        Processors round differently, and some graphics drivers get it wrong. This computes the reference pictures here and
        compares every layer with the results that were recorded in training.
        {model.state === 'ready' && ` This device computes with: ${backendWords(model.facts)}.`}
      </p>
      <p>
        <button
          type="button"
          className="button"
          data-testid="self-test-run"
          aria-disabled={isBusy}
          onClick={() => {
            if (!isBusy) void flow.model.runSelfTest();
          }}
        >
          {selfTest.state === 'running' ? 'Checking …' : 'Check this device'}
        </button>
      </p>
      {selfTest.state === 'failed' && <p className="check-failed">{ERROR_SENTENCES[selfTest.error.code]}</p>}
      {selfTest.state === 'done' && <SelfTestTable cases={selfTest.cases} />}
    </section>
  );
}

function SelfTestTable({ cases }: { readonly cases: readonly SelfTestCase[] }) {
  const hasPassed = cases.length > 0 && cases.every(({ passed }) => passed);
  return (
    <>
      <p role="status">
        {hasPassed
          ? 'This device reproduces the reference results.'
          : 'This device does not reproduce the reference results: do not rely on its scores.'}
      </p>
      <ScrollTable labelledBy="check-title">
        <table data-testid="self-test" data-passed={hasPassed}>
          <thead>
            <tr>
              <th scope="col">Picture</th>
              <th scope="col">Result</th>
              <th scope="col" className="number">
                Score off by (logit)
              </th>
              <th scope="col">Worst layer</th>
              <th scope="col" className="number">
                Time, ms
              </th>
            </tr>
          </thead>
          <tbody>
            {cases.map((one) => (
              <tr key={one.input}>
                <th scope="row">{one.input}</th>
                <td>{one.passed ? 'passed' : 'failed'}</td>
                <td className="number">{one.logitError.toExponential(1)}</td>
                <td>{worstLayer(one)}</td>
                <td className="number">{Math.round(one.ms)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollTable>
    </>
  );
}

/** The layer that is furthest from its reference, with its error relative to the layer's maximum. */
function worstLayer({ layers }: SelfTestCase): string {
  const worst = layers.reduce<SelfTestCase['layers'][number] | null>(
    (soFar, layer) => (soFar === null || layer.error > soFar.error ? layer : soFar),
    null,
  );
  return worst === null ? 'none' : `${worst.name}, off by ${worst.error.toExponential(1)}`;
}
