import { expect, it } from 'vitest';
import { createRequestLog } from './request-log';

it('lists what was asked for, in order, and nothing that lies in memory', () => {
  const log = createRequestLog();
  log.add([{ name: 'http://a/1.js' }, { name: 'blob:http://a/x' }]);
  log.add([{ name: 'data:image/png;base64,xx' }, { name: 'http://a/2.wasm' }, { name: 'http://a/2.wasm' }]);
  expect(log.list()).toEqual(['http://a/1.js', 'http://a/2.wasm', 'http://a/2.wasm']);
});
