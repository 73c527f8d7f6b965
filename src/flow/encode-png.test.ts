import { decode } from 'fast-png';
import { expect, test } from 'vitest';
import { encodePng } from './encode-png';

test('an independent decoder reads the same pixels', async () => {
  const [width, height] = [7, 5];
  const rgba = Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) => (i % 4 === 3 ? 255 : (i * 37) % 256));
  const png = decode(await (await encodePng(rgba, width, height)).arrayBuffer(), { checkCrc: true });
  expect(png).toMatchObject({ width, height, channels: 4, depth: 8 });
  expect([...png.data]).toEqual([...rgba]);
});
