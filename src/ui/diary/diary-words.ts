import type { DiaryEntry } from '../../domain/diary';
import { NOTE_SENTENCES, REASON_SENTENCES } from '../../domain/photo-quality';
import type { DiaryNotice } from '../../store/app-state';
import { formatScore } from '../words';

/** "3 February 2026": a day of the calendar, the same in every time zone. */
export function dayWords(isoDay: string): string {
  const day = new Date(`${isoDay}T00:00:00Z`);
  return day.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
}

export function scoreWords({ verdict, probability }: Pick<DiaryEntry, 'verdict' | 'probability'>): string {
  return verdict === 'cant-say' ? 'Can’t say' : formatScore(probability);
}

export function verdictWords({ verdict, probability }: Pick<DiaryEntry, 'verdict' | 'probability'>): string {
  if (verdict !== 'cant-say') return `The model called this picture ${verdict}.`;
  return `The network gave ${formatScore(probability)}, but on such a picture it should not be relied on.`;
}

const SENTENCES: Readonly<Record<string, string>> = { ...REASON_SENTENCES, ...NOTE_SENTENCES };

/** A code of another version of the app stands for itself. */
export function remarkWords({ reasons, photoNotes }: Pick<DiaryEntry, 'reasons' | 'photoNotes'>): readonly string[] {
  return [...reasons, ...photoNotes].map((code) => (Object.hasOwn(SENTENCES, code) ? (SENTENCES[code] ?? code) : code));
}

export function persistenceWords(isPersistent: boolean): string {
  return isPersistent
    ? 'The browser promised not to remove it by itself.'
    : 'The browser may remove it when space runs short or the site is not visited for long: export the diary now and then.';
}

export function countWords(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

export function noticeWords(notice: DiaryNotice): string {
  switch (notice.kind) {
    case 'saved':
      return `Saved under “${notice.moleName}”.`;
    case 'removed':
      return `${countWords(notice.count, 'entry', 'entries')} deleted.`;
    case 'exported':
      return exportedWords(notice);
    case 'imported':
      return importedWords(notice);
  }
}

/** @param count - of entries that this version of the app cannot read. */
export function newerWords(count: number): string {
  return `${countWords(count, 'entry was', 'entries were')} written by a newer version of the app`;
}

function exportedWords({ count, left, newer }: Extract<DiaryNotice, { kind: 'exported' }>): string {
  const damagedRest = left === 0 ? '' : ` ${countWords(left, 'entry is', 'entries are')} damaged and not in the file.`;
  const newerRest = newer === 0 ? '' : ` ${newerWords(newer)} and ${newer === 1 ? 'is' : 'are'} not in the file.`;
  const rest = damagedRest + newerRest;
  return count === 0 ? `There is nothing to export.${rest}` : `${countWords(count, 'entry', 'entries')} exported.${rest}`;
}

function importedWords({ added, same, keptBeside, restored }: Extract<DiaryNotice, { kind: 'imported' }>): string {
  const parts = [`${countWords(added, 'entry', 'entries')} added`];
  if (restored > 0) parts.push(`${restored} restored`);
  if (same > 0) parts.push(`${same} already there`);
  if (keptBeside > 0) parts.push(`${keptBeside} different from what is there and kept beside it`);
  return `${parts.join(', ')}.`;
}
