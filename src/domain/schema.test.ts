import { array, boolean, literal, object } from 'valibot';
import { expect, it } from 'vitest';
import { checkSchema, countIn, FINITE, readJson, SHARE, TEXT, textUpTo } from './schema';

const SCHEMA = object({
  name: TEXT,
  list: array(object({ count: countIn(1, 9), share: SHARE })),
  kind: literal('x'),
  flag: boolean(),
  logit: FINITE,
  notes: textUpTo(3),
});
const SOUND = { name: 'a', list: [{ count: 1, share: 0 }], kind: 'x', flag: true, logit: -1, notes: '' };

it('gives the known fields in the schema’s order', () => {
  const checked = checkSchema(SCHEMA, { more: 1, ...Object.fromEntries(Object.entries(SOUND).reverse()) }, 'whole');
  expect(checked.ok && JSON.stringify(checked.value)).toBe(JSON.stringify(SOUND));
});

it.each<[string, unknown]>([
  ['whole is not an object', null],
  ['name is missing', {}],
  ['name is not a text', { ...SOUND, name: '' }],
  ['name is not a text', { ...SOUND, name: 3 }],
  ['list is not a list', { ...SOUND, list: {} }],
  ['list[1] is not an object', { ...SOUND, list: [...SOUND.list, 'x'] }],
  ['list[0].count is not a whole number', { ...SOUND, list: [{ count: 1.5, share: 0 }] }],
  ['list[0].count is not from 1 to 9', { ...SOUND, list: [{ count: 0, share: 0 }] }],
  ['list[0].share is not from 0 to 1', { ...SOUND, list: [{ count: 1, share: 1.1 }] }],
  ['list[0].share is missing', { ...SOUND, list: [{ count: 1 }], kind: 'y' }],
  ['kind is not "x"', { ...SOUND, kind: 'y', logit: Infinity }],
  ['flag is not true or false', { ...SOUND, flag: 1 }],
  ['logit is not a finite number', { ...SOUND, logit: Infinity }],
  ['logit is not a number', { ...SOUND, logit: Number.NaN }],
  ['notes is not a text of at most 3 characters', { ...SOUND, notes: 'long' }],
])('says: %s', (fault, value) => {
  expect(checkSchema(SCHEMA, value, 'whole')).toEqual({ ok: false, fault });
});

it('reads JSON in UTF-8, and nothing else', () => {
  expect(readJson(new TextEncoder().encode('{"a":["ä"]}'), 'x')).toEqual({ ok: true, value: { a: ['ä'] } });
  expect(readJson(Uint8Array.of(0x22, 0xff, 0x22), 'x')).toEqual({ ok: false, fault: 'x is not JSON' });
  expect(readJson(new TextEncoder().encode('{'), 'x')).toEqual({ ok: false, fault: 'x is not JSON' });
});
