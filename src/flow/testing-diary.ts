/** A diary in memory, for the flow's tests. */
import type { DiaryContent, DiaryShelf } from '../diary/diary-shelf';
import { compareEntries, type DiaryEntry, type DiaryItem, type DiaryPictures } from '../domain/diary';
import { LensError } from '../domain/errors';

/** The smallest sound JPEG that has a size: 8x8, grey. */
export const VIEW_JPEG = Uint8Array.from(
  atob(
    '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/wAALCAAIAAgBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAAP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AP//Z',
  ),
  (character) => character.charCodeAt(0),
);

export class MemoryShelf implements DiaryShelf {
  readonly items = new Map<string, DiaryItem>();
  damaged: string[] = [];
  newer: string[] = [];
  /** Set by a test: the next calls fail with it. */
  error: LensError | null = null;
  persistAsked = 0;
  /** Called by a test as another tab would. */
  tellForeignChange: () => void = () => undefined;

  list(): Promise<DiaryContent> {
    return this.answer(() => ({
      entries: [...this.items.values()].map(({ entry }) => entry).sort(compareEntries),
      damaged: this.damaged,
      newer: this.newer,
    }));
  }

  measure() {
    return this.answer(() => {
      const pictures = [...this.items.values()].map((item) => item.pictures);
      return {
        entries: this.items.size + this.damaged.length + this.newer.length,
        bytes: pictures.reduce((bytes, { input, view }) => bytes + input.length + view.length, 0),
      };
    });
  }

  readPictures(id: string): Promise<DiaryPictures> {
    return this.answer(() => this.get(id).pictures);
  }

  add(items: readonly DiaryItem[], replaced: readonly string[] = []): Promise<void> {
    return this.answer(() => {
      if (items.some(({ entry }) => this.newer.includes(entry.id))) throw new LensError('diary-entry-newer');
      for (const { entry } of items)
        if (this.items.has(entry.id) && !replaced.includes(entry.id)) throw new LensError('diary-failed');
      for (const item of items) this.items.set(item.entry.id, item);
      this.damaged = this.damaged.filter((id) => !this.items.has(id));
    });
  }

  replace(entry: DiaryEntry): Promise<void> {
    return this.answer(() => void this.items.set(entry.id, { ...this.get(entry.id), entry }));
  }

  remove(ids: readonly string[]): Promise<void> {
    return this.answer(() => {
      for (const id of ids) this.items.delete(id);
    });
  }

  onForeignChange(listener: () => void): void {
    this.tellForeignChange = listener;
  }

  describeStorage() {
    return Promise.resolve({ usageBytes: 1000, quotaBytes: 2000, isPersistent: false });
  }

  askToPersist() {
    this.persistAsked += 1;
    return Promise.resolve(false);
  }

  private get(id: string): DiaryItem {
    const item = this.items.get(id);
    if (item === undefined) throw new LensError('diary-entry-missing');
    return item;
  }

  private answer<T>(give: () => T): Promise<T> {
    return this.error === null ? new Promise((resolve) => resolve(give())) : Promise.reject(this.error);
  }
}
