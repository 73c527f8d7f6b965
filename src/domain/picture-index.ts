/** Finding what a table says of a picture by the picture's path. */
import { guardFormula } from './csv';
import { hasPictureName } from './file-names';

/** Rows that share a key, told apart by the picture that the row is of. */
interface Found<T> {
  readonly picture: string;
  readonly value: T;
}

type Keys<T> = Map<string, Found<T> | 'ambiguous'>;

/** One way of matching: as it is spelled, and failing that without case. */
interface Level<T> {
  readonly exact: Keys<T>;
  readonly anyCase: Keys<T>;
}

/** Systems differ in how they compose letters (NFC, NFD) and divide paths; tables lose the spaces around a name. */
function spellPath(text: string): string {
  return text
    .normalize('NFC')
    .replace(/^ +|\s+$/g, '')
    .replaceAll('\\', '/')
    .replace(/^(?:\.\/)+/, '');
}

function lastParts(path: string, count: number): string {
  return path.split('/').slice(-count).join('/');
}

/** The most exact first. @param longPath - path from further up, for the last two parts. */
function keysOf(path: string, longPath: string): readonly string[] {
  return [path, lastParts(longPath, 2), lastParts(path, 1)];
}

function withoutEnding(path: string): string {
  return path.replace(/\.[^./]*$/, '');
}

/**
 * A path matches by its whole, else by its last two parts, else by its name; else by the same three without its ending, where
 * the table has names without one (ids). Each as it is spelled, else without case; a name also as our own export guards it
 * (`guardFormula`). A key that two different pictures of the table share matches nothing: a guess would give one picture what
 * was said of another.
 */
export class PictureIndex<T> {
  readonly #levels: readonly Level<T>[] = Array.from({ length: 6 }, () => ({ exact: new Map(), anyCase: new Map() }));
  readonly #pictures = new Set<string>();

  /** How many pictures there are, each once. */
  get size(): number {
    return this.#pictures.size;
  }

  /** @param names - all that one row calls its picture, paths or ids; the first says which picture it is. Empty ones are none. */
  add(names: readonly string[], value: T): void {
    const spelled = names.map(spellPath).filter((name) => name !== '');
    const [picture] = spelled;
    if (picture === undefined) return;
    this.#pictures.add(picture);
    const found = { picture, value };
    for (const name of spelled) {
      // The last two parts of a path that is looked up are never one.
      const keys = keysOf(name, name.includes('/') ? name : '');
      const isId = !hasPictureName(name);
      // Without its ending, what has none is the same.
      const isName = !isId || name.includes('.');
      for (const [i, key] of [...(isName ? keys : ['', '', '']), ...(isId ? keys : [])].entries()) {
        if (key === '') continue;
        const { exact, anyCase } = this.#levels[i]!;
        put(exact, key, found);
        put(anyCase, key.toLowerCase(), found);
      }
    }
  }

  /**
   * @param folderName - name of the folder that the path is relative to: `1.jpg` in `ham` has the last two parts `ham/1.jpg`.
   * @returns undefined where nothing matches, or more than one picture does.
   */
  find(path: string, folderName: string): T | undefined {
    const name = spellPath(path);
    const keys = keysOf(name, `${spellPath(folderName)}/${name}`);
    for (const [i, key] of [...keys, ...keys.map(withoutEnding)].entries()) {
      const { exact, anyCase } = this.#levels[i]!;
      const guarded = guardFormula(key);
      const found = exact.get(key) ?? exact.get(guarded) ?? anyCase.get(key.toLowerCase()) ?? anyCase.get(guarded.toLowerCase());
      if (found !== undefined) return found === 'ambiguous' ? undefined : found.value;
    }
    return undefined;
  }
}

function put<T>(keys: Keys<T>, key: string, found: Found<T>): void {
  const before = keys.get(key);
  const isSame =
    before === undefined || (before !== 'ambiguous' && before.picture === found.picture && before.value === found.value);
  keys.set(key, isSame ? found : 'ambiguous');
}
