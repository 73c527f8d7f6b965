import { drawView, VIEW_COUNT } from '../domain/eight-views';
import type { Engine } from '../engine/protocol';

/**
 * The other seven views of a network's input, a pass each, so that other calls have their turn between them.
 * @param inputRgb - RGB bytes [side, side, 3].
 * @param mayGoOn - asked before each pass.
 * @returns logits of views 1 to 7; null: they were not to go on. Errors: the engine's.
 */
export async function scoreOtherViews(
  engine: Pick<Engine, 'scoreInputs'>,
  inputRgb: Uint8Array<ArrayBuffer>,
  side: number,
  mayGoOn: () => boolean | Promise<boolean>,
): Promise<readonly number[] | null> {
  const logits: number[] = [];
  for (let view = 1; view < VIEW_COUNT; view++) {
    if (!(await mayGoOn())) return null;
    const [logit] = await engine.scoreInputs(drawView(inputRgb, side, view));
    logits.push(logit!);
  }
  return logits;
}
