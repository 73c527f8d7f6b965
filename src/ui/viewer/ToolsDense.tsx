import { useEffect, useMemo, useState } from 'react';
import type { HeadFacts } from '../../domain/analysis';
import type { AnalysisFacts } from '../../store/app-state';
import { formatActivation } from '../../viewer/format-activation';
import { BarStrip } from '../../viewer/tools/BarStrip';
import { denseFacts } from '../../viewer/tools/dense-facts';
import { formatSigned } from '../../viewer/tools/format-signed';
import { RangeLegend } from '../../viewer/tools/RangeLegend';
import { shareColour } from '../../viewer/tools/share-colour';
import { orderByValue, strongest } from '../../viewer/tools/top-list';
import { useApp, useAppState } from '../app-context';

/** Rows of the table. */
const LISTED = 10;

/** The units of the first dense layer, and what each adds to photo A's logit. */
export function DenseTool({ result }: { readonly result: AnalysisFacts }) {
  const { flow, cache } = useApp();
  useAppState((state) => state.heavyVersion);
  useEffect(() => {
    void flow.explain.readHead();
  }, [flow, result.runId]);
  const head = cache.head(result.runId);
  return (
    <div className="tool-column">
      <p className="tool-lead">
        Behind the last pool, {result.manifest.network.dense[0]} units look at all of its maps at once. Each unit&rsquo;s
        activation times its weight is its share; all shares and the bias add up to the logit.
      </p>
      {head === null ? <p>Computing …</p> : <DenseStrip head={head} logit={result.logit} />}
    </div>
  );
}

function DenseStrip({ head, logit }: { readonly head: HeadFacts; readonly logit: number }) {
  const { units, shares, bias } = head;
  const [isByShare, setIsByShare] = useState(false);
  const order = useMemo(() => (isByShare ? orderByValue(shares) : Array.from(shares, (_, unit) => unit)), [isByShare, shares]);
  const { active, added, taken, sum } = denseFacts(units, shares, bias);
  const reach = shares.reduce((most, share) => Math.max(most, Math.abs(share)), 0);
  const top = units.reduce((most, unit) => Math.max(most, unit), 0);
  const describe = (unit: number): string =>
    `Unit ${unit}: activation ${formatActivation(units[unit] ?? 0)}, share in the logit ${formatSigned(shares[unit] ?? 0)}`;
  return (
    <div className="tool-block" data-testid="dense-strip" data-sum={sum} data-logit={logit}>
      <p>
        {active} {active === 1 ? 'unit is' : 'units are'} active; they add <b>{formatSigned(added)}</b>, take away{' '}
        <b>{formatSigned(taken)}</b>; bias <b>{formatSigned(bias)}</b>; together the logit <b>{formatSigned(logit)}</b>.
      </p>
      <fieldset className="tool-choices tool-choices-row">
        <legend>Order of the units</legend>
        <label>
          <input
            type="radio"
            name="dense-order"
            data-testid="dense-order-index"
            checked={!isByShare}
            onChange={() => {
              setIsByShare(false);
            }}
          />
          by number
        </label>
        <label>
          <input
            type="radio"
            name="dense-order"
            data-testid="dense-order-share"
            checked={isByShare}
            onChange={() => {
              setIsByShare(true);
            }}
          />
          by share, greatest first
        </label>
      </fieldset>
      <BarStrip
        values={units}
        top={top}
        order={order}
        colourOf={(unit) => shareColour(reach > 0 ? (shares[unit] ?? 0) / reach : 0)}
        label="Units of the dense layer; arrow keys move"
        describe={describe}
        marked={null}
        onChoose={null}
      />
      <RangeLegend
        colourMap="diverging"
        numbers={[formatSigned(-reach), '0', formatSigned(reach)]}
        unit={`Colour: share in the logit. Height: activation, up to ${formatActivation(top)}.`}
      />
      <details className="tool-details">
        <summary>The {LISTED} largest shares</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">Unit</th>
              <th scope="col" className="number">
                Activation
              </th>
              <th scope="col" className="number">
                Share
              </th>
            </tr>
          </thead>
          <tbody>
            {strongest(shares, LISTED).map(({ index, value }) => (
              <tr key={index}>
                <th scope="row">{index}</th>
                <td className="number">{formatActivation(units[index] ?? 0)}</td>
                <td className="number">{formatSigned(value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </div>
  );
}
