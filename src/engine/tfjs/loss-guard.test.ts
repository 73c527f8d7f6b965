import { describe, expect, it } from 'vitest';
import { createLossGuard } from './loss-guard';

const CRASHED = { code: 'device-lost' };

describe('createLossGuard', () => {
  it('lets a read through while the device lives', async () => {
    expect(await createLossGuard().guard(Promise.resolve(7))).toBe(7);
  });

  it('ends a read that would never settle', async () => {
    const guard = createLossGuard();
    const read = guard.guard(new Promise(() => undefined));
    guard.lose();
    await expect(read).rejects.toMatchObject(CRASHED);
    await expect(guard.guard(Promise.resolve(7))).rejects.toMatchObject(CRASHED);
  });

  it('refuses the zeros of a device that was lost meanwhile, before its event came', async () => {
    let lost = false;
    const guard = createLossGuard(() => lost);
    const read = guard.guard(
      Promise.resolve().then(() => {
        lost = true;
        return 0;
      }),
    );
    await expect(read).rejects.toMatchObject(CRASHED);
  });

  it('stays lost though the browser restores the context', () => {
    let lost = true;
    const guard = createLossGuard(() => lost);
    expect(() => guard.assertAlive()).toThrow('device-lost');
    lost = false;
    expect(() => guard.assertAlive()).toThrow('device-lost');
  });
});
