import { checkPictures } from '../diary/diary-zip';
import type { DiaryEntry, DiaryPictures } from '../domain/diary';
import { LensError, toErrorFacts } from '../domain/errors';
import type { DiaryFacts } from '../store/app-state';
import type { FlowContext } from './flow-context';

/** What the deeds of the diary share: its state on the screen, and one deed at a time. */
export class DiaryDesk {
  readonly context: FlowContext;
  #isWatching = false;
  #latestRead = 0;

  constructor(context: FlowContext) {
    this.context = context;
  }

  get facts(): DiaryFacts {
    return this.context.store.getState().diary;
  }

  patch(change: Partial<DiaryFacts>): void {
    this.context.store.setState({ diary: { ...this.facts, ...change } });
  }

  /** Reads the diary, and from then on follows what other tabs do to it. */
  async open(): Promise<void> {
    if (!this.#isWatching) {
      this.#isWatching = true;
      this.context.diary.onForeignChange(() => void this.#read());
    }
    await this.#read();
  }

  async #read(): Promise<void> {
    const { diary } = this.context;
    this.#latestRead += 1;
    const own = this.#latestRead;
    const { state } = this.facts;
    if (state === 'closed' || state === 'unreadable') this.patch({ state: 'reading' });
    try {
      const { entries, damaged, newer } = await diary.list();
      const storage = await diary.describeStorage();
      if (own !== this.#latestRead) return;
      const { error } = this.facts;
      // What was wrong with the database is over; what was wrong with a file or a deed is still to be read.
      this.patch({ state: 'read', entries, damaged, newer, storage, error: state === 'unreadable' ? null : error });
    } catch (error) {
      if (own === this.#latestRead) this.patch({ state: 'unreadable', error: toErrorFacts(error) });
    }
  }

  /** One deed after the other. @returns whether it was done. */
  async act(deed: () => Promise<DiaryFacts['notice']>): Promise<boolean> {
    if (this.facts.isBusy) return false;
    this.patch({ isBusy: true, error: null, notice: null });
    try {
      const notice = await deed();
      await this.#read();
      this.patch({ isBusy: false, notice });
      return true;
    } catch (error) {
      this.patch({ isBusy: false, error: toErrorFacts(error) });
      // Another tab may have changed what this one shows.
      if (this.facts.state === 'read') await this.#read();
      return false;
    }
  }

  /** @throws LensError `diary-entry-missing`. */
  find(id: string): DiaryEntry {
    const entry = this.facts.entries.find((one) => one.id === id);
    if (entry === undefined) throw new LensError('diary-entry-missing');
    return entry;
  }

  /** null: the pictures are damaged. */
  async readSound(entry: DiaryEntry): Promise<DiaryPictures | null> {
    try {
      const pictures = await this.context.diary.readPictures(entry.id);
      await checkPictures(entry, pictures);
      return pictures;
    } catch (error) {
      const { code } = toErrorFacts(error);
      if (code === 'diary-entry-damaged' || code === 'diary-entry-missing' || code === 'diary-file-damaged') return null;
      throw error;
    }
  }
}
