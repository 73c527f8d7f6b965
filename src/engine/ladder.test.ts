import { describe, expect, it } from 'vitest';
import { LensError } from '../domain/errors';
import { climbLadder, type Rung } from './ladder';
import type { Backend } from '../domain/loaded-model';
import { isSoftwareRenderer } from '../domain/software-renderer';

const SOFTWARE = 'software rendering';
const RUNGS: readonly Rung[] = [
  { backend: 'webgl', passOver: () => SOFTWARE },
  { backend: 'wasm', passOver: () => null },
  { backend: 'cpu', passOver: () => null },
];

function failing(...backends: Backend[]) {
  return ({ backend }: Rung): Promise<string> =>
    backends.includes(backend) ? Promise.reject(new LensError('unexpected', `${backend} is broken`)) : Promise.resolve(backend);
}

describe('climbLadder', () => {
  it('takes the highest rung that is not passed over, and says what was', async () => {
    expect(await climbLadder(RUNGS, 'auto', failing())).toMatchObject({
      value: 'wasm',
      rejected: [{ backend: 'webgl', reason: SOFTWARE }],
    });
  });

  it('takes hardware WebGL first', async () => {
    const hardware = RUNGS.map((rung) => ({ ...rung, passOver: () => null }));
    expect(await climbLadder(hardware, 'auto', failing())).toMatchObject({ value: 'webgl', rejected: [] });
  });

  it('falls to the next rung on a failure and keeps its reason', async () => {
    expect(await climbLadder(RUNGS, 'auto', failing('wasm'))).toMatchObject({
      value: 'cpu',
      rejected: [{ backend: 'webgl' }, { backend: 'wasm', reason: 'wasm is broken' }],
    });
  });

  it('obeys a forced backend, passed over or not, and falls to no other', async () => {
    expect(await climbLadder(RUNGS, 'webgl', failing())).toMatchObject({ value: 'webgl', rejected: [] });
    await expect(climbLadder(RUNGS, 'webgl', failing('webgl'))).rejects.toMatchObject({
      code: 'backend-none-passed',
      detail: 'webgl: webgl is broken',
    });
  });

  it('tries both rungs of a forced backend that has two', async () => {
    let tries = 0;
    const twice = [...RUNGS.slice(0, 2), ...RUNGS.slice(1)];
    const secondTime = (): Promise<string> => (++tries === 1 ? Promise.reject(new Error('no threads')) : Promise.resolve('one'));
    expect(await climbLadder(twice, 'wasm', secondTime)).toMatchObject({
      value: 'one',
      rejected: [{ backend: 'wasm', reason: 'no threads' }],
    });
  });

  it('fails with every reason when no rung passes', async () => {
    await expect(climbLadder(RUNGS, 'auto', failing('wasm', 'cpu'))).rejects.toMatchObject({
      code: 'backend-none-passed',
      detail: `webgl: ${SOFTWARE}; wasm: wasm is broken; cpu: cpu is broken`,
    });
  });

  it('names the cause where all rungs share it', async () => {
    const invalid = (): Promise<never> => Promise.reject(new LensError('model-invalid', 'no layer x'));
    await expect(climbLadder(RUNGS, 'auto', invalid)).rejects.toMatchObject({ code: 'model-invalid' });
  });
});

it.each([
  ['ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)', true],
  ['llvmpipe (LLVM 15.0.7, 256 bits)', true],
  ['ANGLE (Microsoft, Microsoft Basic Render Driver Direct3D11 vs_5_0 ps_5_0)', true],
  ['Apple Software Renderer', true],
  ['ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 Direct3D11 vs_5_0 ps_5_0, D3D11)', false],
  ['Mali-G78', false],
  ['Apple GPU', false],
])('knows software GL by its name: %s', (renderer, wanted) => {
  expect(isSoftwareRenderer(renderer)).toBe(wanted);
});
