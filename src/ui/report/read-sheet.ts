import { COLOUR_MAPS } from '../../domain/colour-map';
import type { CardFigure, CardKey, CardRuler } from './draw-card';

/** The pictures on the sheet, with their rulers and keys: what stands there is what the saved picture shows. */
export function readFigures(sheet: HTMLElement): readonly CardFigure[] {
  return [...sheet.querySelectorAll<HTMLElement>('figure[data-card]')].flatMap((figure) => {
    const canvas = figure.querySelector('canvas');
    const caption = figure.dataset['card'] ?? '';
    return canvas === null ? [] : [{ canvas, caption, rulers: readRulers(figure), key: readKey(figure) }];
  });
}

function readRulers(figure: HTMLElement): readonly CardRuler[] {
  return [...figure.querySelectorAll<HTMLElement>('[data-ruler]')].map(({ dataset }) => ({
    share: Number(dataset['ruler']),
    label: dataset['label'] ?? '',
  }));
}

function readKey(figure: HTMLElement): CardKey | null {
  const { key, numbers, unit } = figure.querySelector<HTMLElement>('[data-key]')?.dataset ?? {};
  const colourMap = COLOUR_MAPS.find((known) => known === key);
  if (colourMap === undefined || numbers === undefined) return null;
  return { colourMap, numbers: JSON.parse(numbers) as readonly string[], unit: unit ?? '' };
}

/** The sentences on the sheet, from top to bottom. */
export function readLines(sheet: HTMLElement): readonly string[] {
  return [...sheet.querySelectorAll('[data-line]')].map(({ textContent }) => textContent.trim());
}
