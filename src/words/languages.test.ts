import { readFileSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { COACH_CODES } from '../domain/coach';
import { MODEL_VERSION } from '../domain/model-version';
import { en } from './en/en';
import { es } from './es/es';
import { formatDay, formatExponential, formatNumber, formatScore } from './format';
import { formatActivation } from './format-values';
import { loadWords, speak, words } from './words';

afterEach(() => {
  speak('en', en);
});

type Leaf = readonly [path: string, value: unknown];

/** Every string, function and piece of markup, with its place. */
function leavesOf(value: unknown, path = ''): readonly Leaf[] {
  if (typeof value !== 'object' || value === null || '$$typeof' in value) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, path === '' ? key : `${path}.${key}`));
}

/** Names, signs, units, loan words and what is spelt alike. */
const ALIKE = new Set([
  'analyse.scale.zero',
  'analyse.scale.one',
  'own.facts.hash',
  'own.state.idle',
  'pages.engineChoice.choices.tfjs-wasm',
  'pages.model.files.columns.sha256',
  'pages.model.files.total',
  'pages.model.layers.total',
  'shell.name',
  'shell.titles.analyse',
  'viewer.choices.colourMaps.cividis',
  'viewer.choices.colourMaps.magma',
  'viewer.choices.colourMaps.viridis',
  'viewer.exports.ownEnds.difference.1',
  'viewer.exports.ownEnds.map.1',
  'viewer.keys.list.3.0',
  'viewer.keys.list.4.0',
  'viewer.keys.list.5.0',
  'viewer.keys.list.6.0',
  'viewer.panes.a',
  'viewer.panes.b',
  'viewer.panes.difference',
  'viewer.tools.heat.names.grad-cam',
  'viewer.tools.heat.names.hires-cam',
  'terms.list.featureMap.href',
  'terms.list.filter.href',
  'terms.list.logit.href',
  'terms.list.logit.name',
  'terms.list.pool.href',
  'terms.list.receptiveField.href',
  'terms.list.relu.href',
  'terms.list.relu.name',
  'tutorial.label',
  'tutorial.startShort',
  'tutorial.mute.names.a',
  'tutorial.mute.names.b',
  'tutorial.mute.none',
  'tutorial.mute.running',
]);

/** What a piece of markup or a text says. */
const said = (value: unknown): string => JSON.stringify(value);

it('has in Spanish all that it has in English, of the same kind', () => {
  const kinds = (leaves: readonly Leaf[]) =>
    leaves.map(([path, value]) => `${path}: ${typeof value === 'function' ? `function of ${value.length}` : typeof value}`);
  expect(kinds(leavesOf(es))).toEqual(kinds(leavesOf(en)));
});

it('leaves no sentence in English', () => {
  const english = new Map(leavesOf(en));
  const same = leavesOf(es)
    .filter(([path, value]) => typeof value !== 'function' && said(value) === said(english.get(path)))
    .map(([path]) => path);
  expect(same.filter((path) => !ALIKE.has(path))).toEqual([]);
  // What is named above but differs now is named in vain.
  expect([...ALIKE].filter((path) => !same.includes(path))).toEqual([]);
});

it('leaves no sentence with numbers in English', () => {
  const english = new Map(leavesOf(en));
  /** Texts of two words and more in a function's source, without what is put into them; single words are mostly codes. */
  const texts = (value: unknown): readonly string[] =>
    [...String(value).matchAll(/`([^`]*)`|"([^"]*)"/g)]
      .map(([, template, plain]) => (template ?? plain ?? '').replace(/\$\{[^}]*\}+/g, ''))
      .filter((text) => /^[^\n]*\p{L}{2} \p{L}{2}[^\n]*$/u.test(text));
  const same = leavesOf(es).flatMap(([path, value]) => {
    if (typeof value !== 'function') return [];
    const before = texts(english.get(path));
    return texts(value).flatMap((text) => (before.includes(text) ? [`${path}: ${text.trim()}`] : []));
  });
  expect(same).toEqual([]);
});

it('says in Spanish of every error, reason and note what is wrong in whole sentences, without a diagnosis or a risk', () => {
  for (const sentence of Object.values(es.error)) expect(sentence).toMatch(/^[¿\p{Lu}].*\.$/u);
  for (const sentence of [...Object.values(es.photo.reasons), ...Object.values(es.photo.notes)]) {
    expect(sentence).toMatch(/^\p{Lu}.*\.$/u);
    expect(sentence).not.toMatch(/diagn|riesgo|peligr|cáncer/i);
  }
  for (const code of COACH_CODES) {
    expect(es.photo.coach(code)).toMatch(/^\p{Lu}.*\.$/u);
    expect(es.photo.coachNotes[code]).toMatch(/se pulsó el disparador\.$/);
  }
});

it('asks in Spanish for the button by the name that it has', () => {
  for (const [code, sentence] of Object.entries(es.error)) {
    expect(sentence.includes(es.shell.banner.tryAgain), code).toBe(
      en.error[code as keyof typeof en.error].includes('"Try again"'),
    );
  }
});

it('names in Spanish every test set and source of the model that ships', () => {
  const manifest = JSON.parse(readFileSync(`public/model/${MODEL_VERSION}/manifest.json`, 'utf8')) as {
    readonly metrics: readonly { readonly name: string }[];
    readonly trainingData: readonly { readonly name: string }[];
  };
  const { data, metrics } = es.pages.model;
  for (const { name } of manifest.metrics) expect(metrics.cells.name(name)).not.toBe(name);
  for (const { name } of manifest.trainingData) expect(data.name(name)).not.toBe(name);
  expect(metrics.cells.name('another')).toBe('another');
});

it('gives the same rates in both languages, and never rounds one to none or all', () => {
  const rates = { sensitivity: 0.9, specificity: 0.5 };
  speak('es', es);
  const { answer, counts } = es.line.baseRate;
  expect(answer('malignant', 100, rates)).toBe(
    'De 1000 manchas, como usted lo fijó, son malignas 100; de las que quedan por encima de la línea lo serían cerca de 17 de cada 100.',
  );
  expect(answer('benign', 100, rates)).toContain('por debajo de la línea lo serían cerca de 22 de cada 1000.');
  expect(counts(100, rates)).toContain(
    'Así que son malignas 90 de las 540 que quedan por encima de la línea y 10 de las 460 que quedan por debajo.',
  );
  expect(es.line.control.value(0.25, { sensitivity: 0.999, specificity: 0.001 })).toBe(
    '0,250: se pasan por alto menos de 1 de cada 100 manchas malignas, dan alarma más de 99 de cada 100 inofensivas',
  );
  expect(answer('malignant', 'app-users', { sensitivity: 0, specificity: 1 })).toContain('no se midió');
});

it('speaks Spanish, with its numbers and dates, and English again', async () => {
  const written = () => [
    words.analyse.photo.choose,
    formatScore(0.2171),
    formatNumber(16_812_353),
    formatActivation(0.4123),
    formatActivation(0.000_987),
    formatExponential(-1.25e-5),
    formatDay('2026-02-03'),
  ];
  const english = ['Choose a photo', '0.217', '16,812,353', '0.412', '9.9e-4', '-1.3e-5', '3 February 2026'];
  expect(written()).toEqual(english);
  speak('es', await loadWords('es'));
  expect(written()).toEqual(['Elegir una foto', '0,217', '16.812.353', '0,412', '9,9e-4', '-1,3e-5', '3 de febrero de 2026']);
  speak('en', await loadWords('en'));
  expect(written()).toEqual(english);
});
