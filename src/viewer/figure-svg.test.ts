import { describe, expect, it } from 'vitest';
import { colourAt } from '../domain/colour-map';
import { escapeXml, figureRoom, formatFigureSvg, type FigurePane } from './figure-svg';

const PANE: FigurePane = {
  title: 'photo A',
  href: 'data:image/png;base64,iVBORw0KGgo=',
  width: 512,
  height: 512,
  colourMap: 'viridis',
  numbers: ['0', '1.5', '3'],
};
const COLOURS = { paper: '#000', ink: '#fff', inkSoft: 'rgb(1 2 3)' };

/** Every tag is closed in its order, every attribute quoted, every "&" begins a reference. @returns the names of the elements. */
function parseStrictly(xml: string): string[] {
  const open: string[] = [];
  const names: string[] = [];
  const rest = xml.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>/, '');
  const token = /<(\/?)([a-zA-Z]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
  let at = 0;
  for (let found = token.exec(rest); found !== null; found = token.exec(rest)) {
    at = token.lastIndex;
    const [whole, close, name, , empty] = found;
    if (/&(?!(amp|lt|gt|quot);)/.test(whole)) throw new Error(`a bare ampersand in ${whole}`);
    if (name === undefined) continue;
    if (close === '/') {
      if (open.pop() !== name) throw new Error(`</${name}> closes nothing`);
    } else {
      names.push(name);
      if (empty === '') open.push(name);
    }
  }
  if (at !== rest.length) throw new Error(`no XML from ${rest.slice(at, at + 40)}`);
  if (open.length > 0) throw new Error(`open: ${open.join(' ')}`);
  return names;
}

describe('formatFigureSvg', () => {
  it('is well-formed, of a slide’s size, with each picture, its colours and their numbers', () => {
    const svg = formatFigureSvg({ title: 'block2_conv1', caption: 'model v3', panes: [PANE, PANE], colours: COLOURS });
    const names = parseStrictly(svg);
    expect(names[0]).toBe('svg');
    expect(names.filter((name) => name === 'image')).toHaveLength(2);
    expect(svg).toContain('viewBox="0 0 1920 1080"');
    expect(svg.split('>1.5</text>')).toHaveLength(3);
    const [r, g, b] = colourAt('viridis', 1).map(Math.round);
    expect(svg).toContain(`<stop offset="1" stop-color="rgb(${r},${g},${b})"/>`);
  });

  it('takes any words', () => {
    const nasty = 'a <b attr="x"> & \u0000\u001f ]]> \ud800 <!-- &amp;';
    const svg = formatFigureSvg({ title: nasty, caption: nasty, panes: [{ ...PANE, title: nasty }], colours: COLOURS });
    expect(() => parseStrictly(svg)).not.toThrow();
    expect(svg).not.toMatch(/[\u0000\u001f]/);
  });

  it('breaks a long caption into lines and keeps pictures inside their room', () => {
    const caption = 'words '.repeat(60).trim();
    const svg = formatFigureSvg({ title: 't', caption, panes: [{ ...PANE, width: 4000, height: 100 }], colours: COLOURS });
    expect(svg.match(/font-size="23"/g)?.length).toBeGreaterThan(1);
    const room = figureRoom(1);
    expect(svg).toContain(`width="${room.width}" height="${Math.round(room.width * 2.5) / 100}"`);
  });
});

it('escapes what would be markup', () => {
  expect(escapeXml('<a href="x">&</a>')).toBe('&lt;a href=&quot;x&quot;&gt;&amp;&lt;/a&gt;');
  expect(escapeXml('µ − ’ 😀')).toBe('µ − ’ 😀');
});
