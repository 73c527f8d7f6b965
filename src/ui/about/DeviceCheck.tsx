import type { SelfTestCase } from '../../domain/loaded-model';
import { words } from '../../words/words';
import { useApp, useAppState } from '../app-context';
import { ScrollTable } from '../ScrollTable';

/** Runs every reference input on this device and compares all layers and the score with the reference results. */
export function DeviceCheck() {
  const says = words.pages.deviceCheck;
  const { flow } = useApp();
  const selfTest = useAppState((state) => state.selfTest);
  const model = useAppState((state) => state.model);
  const isBusy = selfTest.state === 'running' || model.state !== 'ready';
  if (model.state === 'ready' && model.facts.manifest.own) {
    return (
      <section aria-labelledby="check-title">
        <h2 id="check-title">{says.title}</h2>
        <p data-testid="self-test-own">{says.ofOwn(model.facts.manifest.version)}</p>
      </section>
    );
  }
  return (
    <section aria-labelledby="check-title">
      <h2 id="check-title">{says.title}</h2>
      <p>
        <span>{says.intro}</span> <span>{model.state === 'ready' && says.computesWith(model.facts)}</span>
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
          {selfTest.state === 'running' ? says.running : says.run}
        </button>
      </p>
      {selfTest.state === 'failed' && <p className="check-failed">{words.error[selfTest.error.code]}</p>}
      {selfTest.state === 'done' && <SelfTestTable cases={selfTest.cases} />}
    </section>
  );
}

function SelfTestTable({ cases }: { readonly cases: readonly SelfTestCase[] }) {
  const says = words.pages.deviceCheck;
  const hasPassed = cases.length > 0 && cases.every(({ passed }) => passed);
  return (
    <>
      <p role="status">{hasPassed ? says.passed : says.failed}</p>
      <ScrollTable labelledBy="check-title">
        <table data-testid="self-test" data-passed={hasPassed}>
          <thead>
            <tr>
              <th scope="col">{says.columns.picture}</th>
              <th scope="col">{says.columns.result}</th>
              <th scope="col" className="number">
                {says.columns.logitError}
              </th>
              <th scope="col">{says.columns.worstLayer}</th>
              <th scope="col" className="number">
                {says.columns.ms}
              </th>
            </tr>
          </thead>
          <tbody>
            {cases.map((one) => (
              <tr key={one.input}>
                <th scope="row">{one.input}</th>
                <td>{says.cells.result(one.passed)}</td>
                <td className="number">{says.cells.logitError(one.logitError)}</td>
                <td>{says.cells.worstLayer(worstLayer(one))}</td>
                <td className="number">{says.cells.ms(one.ms)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollTable>
    </>
  );
}

/** The layer that is furthest from its reference; null: there is none. */
function worstLayer({ layers }: SelfTestCase): SelfTestCase['layers'][number] | null {
  return layers.reduce<SelfTestCase['layers'][number] | null>(
    (soFar, layer) => (soFar === null || layer.error > soFar.error ? layer : soFar),
    null,
  );
}
