import type { NetworkShape } from '../../domain/network';
import { SLOTS, type Slot } from '../../store/app-state';
import { words } from '../../words/words';
import { useApp, useAppState, useNetwork } from '../app-context';
import { networkRows } from '../model/network-rows';
import { ScrollTable } from '../ScrollTable';
import { Paragraphs } from './Paragraphs';
import css from './StartSteps.module.css';

export function LesionsStep() {
  const says = words.tutorial.lesions;
  return (
    <>
      <Paragraphs texts={says.about} />
      <div className={css.pair}>
        {SLOTS.map((slot) => (
          <Lesion key={slot} slot={slot} />
        ))}
      </div>
    </>
  );
}

function Lesion({ slot }: { readonly slot: Slot }) {
  const { cache } = useApp();
  const runId = useAppState(({ photos }) => {
    const { result, phase } = photos[slot];
    return result?.runId ?? (phase.state === 'running' ? phase.photo.runId : null);
  });
  // The file is there before the model is: its address comes with the next step of the photo.
  useAppState(({ photos }) => photos[slot].phase);
  const photo = runId === null ? null : cache.photo(runId);
  const says = words.tutorial.lesions;
  return (
    <figure className={css.figure}>
      {photo === null ? <div className={css.picture} /> : <img className={css.picture} src={photo.url} alt={says.alts[slot]} />}
      <figcaption className="small">{says.captions[slot]}</figcaption>
    </figure>
  );
}

export function NetworkStep() {
  const network = useNetwork();
  const { input, dense, parameters, layers } = network;
  const says = words.tutorial.network;
  const convolutions = layers.filter(({ kind }) => kind === 'conv').length;
  return (
    <>
      <Paragraphs texts={says.about} />
      <ScrollTable labelledBy="tutorial-table">
        <table data-testid="tutorial-summary">
          <caption className="visually-hidden" id="tutorial-table">
            {says.caption}
          </caption>
          <thead>
            <tr>
              <th scope="col">{says.heads.part}</th>
              <th scope="col">{says.heads.what}</th>
              <th scope="col" className="number">
                {says.heads.parameters}
              </th>
            </tr>
          </thead>
          <tbody>
            <Row part={says.input} what={says.inputSize(input.side, input.channels)} parameters={0} />
            {blocksOf(network).map(({ block, ...size }) => (
              <Row key={block} part={says.block(block)} what={says.blockSize(size)} parameters={size.parameters} />
            ))}
            <Row part={says.answer} what={says.answerSize(dense)} parameters={sumParameters(network, /^dense/)} />
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colSpan={2}>
                {says.total(convolutions)}
              </th>
              <td className="number">{says.parameters(parameters)}</td>
            </tr>
          </tfoot>
        </table>
      </ScrollTable>
    </>
  );
}

interface RowProps {
  readonly part: string;
  readonly what: string;
  readonly parameters: number;
}

function Row({ part, what, parameters }: RowProps) {
  return (
    <tr>
      <th scope="row">{part}</th>
      <td>{what}</td>
      <td className="number">{words.tutorial.network.parameters(parameters)}</td>
    </tr>
  );
}

function sumParameters(network: NetworkShape, name: RegExp): number {
  return networkRows(network).reduce((sum, row) => (name.test(row.name) ? sum + row.parameters : sum), 0);
}

interface BlockSize {
  readonly block: number;
  readonly convolutions: number;
  readonly maps: number;
  readonly side: number;
  readonly parameters: number;
}

function blocksOf(network: NetworkShape): readonly BlockSize[] {
  const convolutions = network.layers.filter(({ kind }) => kind === 'conv');
  return [...new Set(convolutions.map(({ block }) => block))].map((block) => {
    const own = convolutions.filter((layer) => layer.block === block);
    const { channels: maps, side } = own[0]!;
    return { block, convolutions: own.length, maps, side, parameters: sumParameters(network, new RegExp(`^block${block}_`)) };
  });
}
