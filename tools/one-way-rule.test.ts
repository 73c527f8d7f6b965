import { ESLint } from 'eslint';
import { beforeAll, describe, expect, it } from 'vitest';

/** Lints a line as if it stood in the given file; only the room rule is asked. */
describe('the one-way rule', () => {
  let eslint: ESLint;
  beforeAll(() => {
    eslint = new ESLint({
      ruleFilter: ({ ruleId }) => ruleId === 'rooms/one-way',
      // Where CI is set, typescript-eslint infers a single run and parses the file on disk instead of the given line.
      overrideConfig: { languageOptions: { parserOptions: { disallowAutomaticSingleRunInference: true } } },
    });
  });

  async function countErrors(file: string, line: string): Promise<number> {
    const [result] = await eslint.lintText(line, { filePath: file });
    const fatal = result?.messages.find((m) => m.fatal);
    if (fatal) throw new Error(fatal.message);
    return result?.messages.length ?? 0;
  }

  it.each([
    ['src/domain/score.ts', "import type { AppState } from '../store/app-state';"],
    ['src/words/words.ts', "import { SLOTS } from '../store/app-state';"],
    ['src/words/words.ts', "import type { Pane } from '../viewer/pane';"],
    ['src/domain/score.ts', "import type { RunId } from '../engine/protocol';"],
    ['src/domain/score.ts', "import { add } from '@tensorflow/tfjs-core';"],
    ['src/intake/accept-photo.ts', "import { createEngine } from '../engine/client';"],
    ['src/store/app-state.ts', "import { createEngine } from '../engine/client';"],
    ['src/store/app-state.ts', "import type { AcceptedPhoto } from '../intake/accept-photo';"],
    ['src/flow/load-model.ts', "import { BACKENDS } from '../engine/protocol';"],
    ['src/store/app-state.ts', "import type { Engine } from '../engine/protocol';"],
    ['src/intake/accept-photo.ts', "import type { Engine } from '../engine/protocol';"],
    ['src/engine/client.ts', "import type { AppState } from '../store/app-state';"],
    ['src/flow/analyse-photo.ts', "import { readWeights } from '../engine/weights';"],
    ['src/flow/analyse-photo.ts', "import { App } from '../ui/App';"],
    ['src/flow/analyse-photo.ts', "import '../main';"],
    ['src/flow/analyse-photo.ts', "import { tidy } from '@tensorflow/tfjs-core';"],
    ['src/flow/analyse-photo.ts', "export * from '../engine/weights';"],
    ['src/flow/analyse-photo.ts', "import { type RunId } from '../engine/protocol';"],
    ['src/flow/analyse-photo.ts', "export const load = () => import('../engine/weights');"],
    ['src/flow/analyse-photo.ts', "new Worker(new URL('../engine/worker.ts', import.meta.url));"],
    ['src/domain/score.ts', "export type Id = import('../engine/protocol').RunId;"],
    ['src/domain/score.ts', "import '../../src/ui/App';"],
    ['src/domain/score.ts', "import text from '/src/ui/App.tsx?raw';"],
    ['src/main.tsx', "import { readWeights } from './engine/weights';"],
    ['src/main.tsx', "import '@tensorflow/tfjs-core';"],
    ['src/engine/weights.ts', "import { io } from '@tensorflow/tfjs-core';"],
    ['src/engine/engine-core.ts', "import { tfjsRungs } from './tfjs/network';"],
    ['src/engine/engine-core.ts', "import type { TensorNetwork } from './tfjs/model';"],
  ])('%s refuses %s', async (file, line) => {
    expect(await countErrors(file, line)).toBe(1);
  });

  it.each([
    ['src/flow/analyse-photo.ts', "import type { Engine } from '../engine/protocol';"],
    ['src/store/app-state.ts', "import { LensError } from '../domain/errors';"],
    ['src/flow/analyse-photo.ts', "import { createEngine } from '../engine/client';"],
    ['src/flow/analyse-photo.ts', "import { acceptPhoto } from '../intake/accept-photo';"],
    ['src/engine/client.ts', "import { wrap } from 'comlink';"],
    ['src/engine/client.ts', "new Worker(new URL('./worker.ts', import.meta.url));"],
    ['src/engine/tfjs/model.ts', "import { io } from '@tensorflow/tfjs-core';"],
    ['src/engine/tfjs/model.ts', "import type { ComputeNetwork } from '../compute';"],
    ['src/engine/worker.ts', "import { tfjsRungs } from './tfjs/network';"],
    ['src/main.tsx', "import { createEngine } from './engine/client';"],
  ])('%s allows %s', async (file, line) => {
    expect(await countErrors(file, line)).toBe(0);
  });
});
