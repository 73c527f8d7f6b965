import { useEffect, useState } from 'react';
import { mapOf } from '../../domain/layer-maps';
import { useMedia } from '../../viewer/use-media';
import { words } from '../../words/words';
import { useApp, useAppState } from '../app-context';
import { KernelScene, type KernelWalk } from './KernelScene';
import css from './KernelStep.module.css';
import { cutPatch, kernelOf, PATCH_SIDE, PLACES_SIDE } from './kernel-walk';
import { Paragraphs } from './Paragraphs';
import { useSamples } from './use-samples';

const LAYER = 'block1_conv1';
const FILTER = 42;
/** Upper left corner of the piece of picture B that is shown: at the lesion's edge. */
const CORNER = { x: 56, y: 36 };
const PLACES = PLACES_SIDE ** 2;
const PLACE_MS = 130;

/** What a filter is: one kernel of the first layer on its way over a piece of the picture. Everything drawn is the network's own. */
export function KernelStep() {
  const { flow } = useApp();
  const says = words.tutorial.filter;
  const walk = useWalk();
  useEffect(() => void flow.explain.loadKernels(), [flow]);
  return (
    <>
      <Paragraphs texts={says.about} />
      {walk === null ? <p role="status">{words.tutorial.waiting}</p> : <Player walk={walk} />}
      <p className="small soft">{says.real(LAYER, FILTER)}</p>
      <p className="small soft">{says.colourKey}</p>
    </>
  );
}

/** null while something of it is missing. */
function useWalk(): KernelWalk | null {
  const { cache } = useApp();
  // Kernels lie in the heavy cache, too.
  useAppState((state) => state.heavyVersion);
  const b = useSamples(LAYER).find(({ slot }) => slot === 'b');
  const rgb = b === undefined ? null : (cache.photo(b.result.runId)?.inputRgb ?? null);
  if (b?.maps == null || rgb === null || cache.kernels === null) return null;
  const { side, channels } = b.maps;
  const inner = { x: CORNER.x + 1, y: CORNER.y + 1 };
  return {
    pixels: cutPatch(rgb, { side, depth: 3 }, CORNER, PATCH_SIDE),
    weights: kernelOf(cache.kernels, channels, FILTER),
    values: cutPatch(mapOf(b.maps, FILTER), { side, depth: 1 }, inner, PLACES_SIDE),
  };
}

function Player({ walk }: { readonly walk: KernelWalk }) {
  const isStill = useMedia('(prefers-reduced-motion: reduce)');
  const [place, setPlace] = useState(isStill ? PLACES - 1 : 0);
  const [isPlaying, setPlaying] = useState(!isStill);
  const isMoving = isPlaying && place < PLACES - 1;
  useEffect(() => {
    if (!isMoving) return;
    const timer = setTimeout(() => {
      setPlace(place + 1);
    }, PLACE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [isMoving, place]);
  const says = words.tutorial.filter;
  return (
    <div className={css.player}>
      <KernelScene walk={walk} place={place} />
      <p className="small mono" data-testid="kernel-place" data-place={place}>
        {says.place(place + 1, PLACES, walk.values[place]!)}
      </p>
      <div className={css.buttons}>
        {!isStill && (
          <button
            type="button"
            className="button small"
            data-testid="kernel-play"
            onClick={() => {
              if (!isMoving && place === PLACES - 1) setPlace(0);
              setPlaying(!isMoving);
            }}
          >
            {isMoving ? says.pause : says.play}
          </button>
        )}
        <button
          type="button"
          className="button small"
          data-testid="kernel-step"
          onClick={() => {
            setPlaying(false);
            setPlace((place + 1) % PLACES);
          }}
        >
          {says.step}
        </button>
      </div>
    </div>
  );
}
