import { expect, test } from 'vitest';
import { denseFacts } from './dense-facts';

test('what is added, what is taken away and the bias make the logit', () => {
  expect(denseFacts(Float32Array.of(1, 0, 2, 3), Float32Array.of(0.5, 0, -1, 2), 0.25)).toEqual({
    active: 3,
    added: 2.5,
    taken: -1,
    sum: 1.75,
  });
});
