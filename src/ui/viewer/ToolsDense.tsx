import { useEffect, useMemo, useState } from 'react';
import type { HeadFacts } from '../../domain/analysis';
import type { AnalysisFacts } from '../../store/app-state';
import { BarStrip } from '../../viewer/tools/BarStrip';
import { denseFacts } from '../../viewer/tools/dense-facts';
import { RangeLegend } from '../../viewer/tools/RangeLegend';
import { shareColour } from '../../viewer/tools/share-colour';
import tools from '../../viewer/tools/tools.module.css';
import { orderByValue, strongest } from '../../viewer/tools/top-list';
import { formatActivation, formatSigned } from '../../words/format-values';
import { words } from '../../words/words';
import { useApp, useAppState } from '../app-context';
import tool from './tool.module.css';

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
    <div className={tool.column}>
      <p className={tool.lead}>{words.viewer.tools.dense.about(result.manifest.network.dense[0] ?? 0)}</p>
      {head === null ? <p>{words.viewer.tools.computing}</p> : <DenseStrip head={head} logit={result.logit} />}
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
  const says = words.viewer.tools.dense;
  return (
    <div className={tool.block} data-testid="dense-strip" data-sum={sum} data-logit={logit}>
      <p>{says.sums({ active, added, taken, bias, logit })}</p>
      <DenseOrder isByShare={isByShare} onChange={setIsByShare} />
      <BarStrip
        values={units}
        top={top}
        order={order}
        colourOf={(unit) => shareColour(reach > 0 ? (shares[unit] ?? 0) / reach : 0)}
        label={says.stripLabel}
        describe={(unit) => says.unitValue(unit, units[unit] ?? 0, shares[unit] ?? 0)}
        marked={null}
        onChoose={null}
      />
      <RangeLegend
        colourMap="diverging"
        numbers={[formatSigned(-reach), formatSigned(0), formatSigned(reach)]}
        unit={says.legend(top)}
      />
      <DenseTable units={units} shares={shares} />
    </div>
  );
}

interface DenseOrderProps {
  readonly isByShare: boolean;
  readonly onChange: (isByShare: boolean) => void;
}

function DenseOrder({ isByShare, onChange }: DenseOrderProps) {
  const { order, byNumber, byShare } = words.viewer.tools.dense;
  return (
    <fieldset className={`${tool.choices} ${tool.choicesRow}`}>
      <legend>{order}</legend>
      <label>
        <input
          type="radio"
          name="dense-order"
          data-testid="dense-order-index"
          checked={!isByShare}
          onChange={() => {
            onChange(false);
          }}
        />
        <span>{byNumber}</span>
      </label>
      <label>
        <input
          type="radio"
          name="dense-order"
          data-testid="dense-order-share"
          checked={isByShare}
          onChange={() => {
            onChange(true);
          }}
        />
        <span>{byShare}</span>
      </label>
    </fieldset>
  );
}

/** The units with the largest shares, in numbers. */
function DenseTable({ units, shares }: Pick<HeadFacts, 'units' | 'shares'>) {
  const { largest, unit, activation, share } = words.viewer.tools.dense;
  return (
    <details className={tools.details}>
      <summary>{largest(LISTED)}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{unit}</th>
            <th scope="col" className="number">
              {activation}
            </th>
            <th scope="col" className="number">
              {share}
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
  );
}
