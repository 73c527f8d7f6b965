import { expect, it } from 'vitest';
import { nextTask } from './next-task';

it('goes on after what was posted before', async () => {
  const order: string[] = [];
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    order.push('message');
    port1.close();
  };
  port2.postMessage(null);
  await Promise.resolve().then(() => order.push('microtask'));
  await nextTask();
  await nextTask();
  expect(order).toEqual(['microtask', 'message']);
});
