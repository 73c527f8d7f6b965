import { expect, test } from 'vitest';
import { Mutex } from './mutex';

async function settle(): Promise<void> {
  for (let i = 0; i < 20; i += 1) await Promise.resolve();
}

test('whoever asks first goes first, and the next goes when it is released', async () => {
  const mutex = new Mutex();
  const order: string[] = [];
  const take = async (name: string): Promise<() => void> => {
    const release = await mutex.acquire();
    order.push(name);
    return release;
  };
  const first = take('first');
  const second = take('second');
  void take('third');
  await settle();
  expect(order).toEqual(['first']);
  (await first)();
  await settle();
  expect(order).toEqual(['first', 'second']);
  (await second)();
  await settle();
  expect(order).toEqual(['first', 'second', 'third']);
});

test('tasks run one at a time; one that fails lets the next one start', async () => {
  const mutex = new Mutex();
  let running = 0;
  let most = 0;
  const task = async (value: number): Promise<number> => {
    running += 1;
    most = Math.max(most, running);
    await settle();
    running -= 1;
    if (value === 2) throw new Error('two');
    return value;
  };
  const results = await Promise.allSettled([1, 2, 3].map((value) => mutex.runExclusive(() => task(value))));
  expect(results.map((result) => (result.status === 'fulfilled' ? result.value : 'failed'))).toEqual([1, 'failed', 3]);
  expect(most).toBe(1);
});

test('a task that throws before its first await releases too', async () => {
  const mutex = new Mutex();
  const thrown = mutex.runExclusive(() => {
    throw new Error('at once');
  });
  await expect(thrown).rejects.toThrow('at once');
  expect(await mutex.runExclusive(() => 4)).toBe(4);
});
