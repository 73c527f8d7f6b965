import { useEffect, useId, useRef, useState } from 'react';
import { normaliseRgb } from '../../domain/normalise';
import { arrangeChannels } from '../../domain/own-input';
import { parseTriple, PREPROCESSINGS, scalingOf, type KeptModel, type OwnSettings } from '../../domain/own-settings';
import { ChoiceSelect } from '../../viewer/ChoiceSelect';
import { words } from '../../words/words';
import { useApp, useAppState } from '../app-context';
import css from './OwnModels.module.css';

/** How pictures become the model's numbers: chosen by the person, and shown. */
export function OwnScaling({ model }: { readonly model: KeptModel }) {
  const says = words.own.settings;
  const { flow } = useApp();
  const shipped = useAppState(({ own }) => own.shippedInput);
  const { settings, facts } = model;
  const change = (changed: Partial<OwnSettings>): void => void flow.own.change({ ...settings, ...changed });
  return (
    <section className={css.form} aria-labelledby="scaling-title">
      <h2 id="scaling-title">{says.title}</h2>
      <p>{says.warning}</p>
      <div className={css.row}>
        <ChoiceSelect
          label={says.preprocessing}
          testId="own-preprocessing"
          value={settings.preprocessing}
          choices={PREPROCESSINGS.filter((name) => name !== 'shipped' || shipped !== null).map((value) => ({
            value,
            label: says.names[value],
          }))}
          onSelect={(preprocessing) => {
            change({ preprocessing, ...scalingOf(preprocessing, shipped ?? settings) });
          }}
        />
        {facts.input.channels === 3 && (
          <ChoiceSelect
            label={says.order}
            testId="own-order"
            value={settings.order}
            choices={(['rgb', 'bgr'] as const).map((value) => ({ value, label: says.orders[value] }))}
            onSelect={(order) => {
              change({ order });
            }}
          />
        )}
      </div>
      {settings.preprocessing === 'custom' && <CustomScaling settings={settings} onChange={change} />}
      <InputPreview model={model} />
    </section>
  );
}

interface CustomScalingProps {
  readonly settings: OwnSettings;
  readonly onChange: (changed: Partial<OwnSettings>) => void;
}

function CustomScaling({ settings, onChange }: CustomScalingProps) {
  const says = words.own.settings;
  const [meanText, setMeanText] = useState(settings.mean.join(' '));
  const [stdText, setStdText] = useState(settings.std.join(' '));
  const mean = parseTriple(meanText);
  const std = parseTriple(stdText);
  const isGood = mean !== null && std !== null && std.every((value) => value > 0);
  const [meanId, stdId] = [useId(), useId()];
  return (
    <div className={css.row}>
      <div className="field">
        <label htmlFor={meanId}>{says.mean}</label>
        <input
          id={meanId}
          type="text"
          data-testid="own-mean"
          value={meanText}
          onChange={({ target }) => setMeanText(target.value)}
        />
      </div>
      <div className="field">
        <label htmlFor={stdId}>{says.std}</label>
        <input id={stdId} type="text" data-testid="own-std" value={stdText} onChange={({ target }) => setStdText(target.value)} />
      </div>
      <button
        type="button"
        className="button"
        data-testid="own-custom-apply"
        onClick={() => {
          if (isGood) onChange({ mean, std });
        }}
        aria-disabled={!isGood}
      >
        {says.apply}
      </button>
      {!isGood && <p role="alert">{says.badNumbers}</p>}
    </div>
  );
}

/** The photo's square as the model gets it: its numbers spread over black to white. */
function InputPreview({ model: { settings, facts } }: { readonly model: KeptModel }) {
  const says = words.own.settings;
  const { cache } = useApp();
  const canvas = useRef<HTMLCanvasElement>(null);
  const result = useAppState(({ photos }) => photos.a.result);
  const side = facts.input.width;
  const rgb = result === null ? null : (cache.photo(result.runId)?.inputRgb ?? null);
  const isOwn = rgb !== null && rgb.length === side * side * 3;
  const { channels } = facts.input;
  const numbers = isOwn ? arrangeChannels(normaliseRgb(rgb, settings.mean, settings.std), channels, settings.order) : null;
  const low = numbers === null ? 0 : numbers.reduce((a, b) => Math.min(a, b), Infinity);
  const high = numbers === null ? 0 : numbers.reduce((a, b) => Math.max(a, b), -Infinity);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || numbers === null) return;
    const image = context.createImageData(side, side);
    const gain = high > low ? 255 / (high - low) : 0;
    for (let i = 0; i < side * side; i++) {
      for (let c = 0; c < 3; c++) {
        image.data[4 * i + c] = (numbers[channels * i + (channels === 1 ? 0 : c)]! - low) * gain;
      }
      image.data[4 * i + 3] = 255;
    }
    context.putImageData(image, 0, 0);
  });
  return (
    <figure className={css.preview}>
      <figcaption>{says.preview}</figcaption>
      {numbers === null ? (
        <p className="soft">{says.previewNone}</p>
      ) : (
        <>
          <canvas
            ref={canvas}
            width={side}
            height={side}
            role="img"
            aria-label={says.previewLabel(side)}
            data-testid="own-preview"
            data-min={low}
            data-max={high}
          />
          <p className="small">
            <span>{says.previewRange(low, high)}</span> <span>{facts.input.channels === 1 && says.grey}</span>
          </p>
        </>
      )}
    </figure>
  );
}
