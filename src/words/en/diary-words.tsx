import type { ReactNode } from 'react';
import { isoDayOf, type BodySide, type BodySite, type DayShots, type DiaryEntry, type EntryMoment } from '../../domain/diary';
import type { DiaryNotice } from '../../store/app-state';
import { countWords, fileSize, formatDay, formatNumber, formatScore, formatTime, joinSentences } from '../format';
import { photo } from './photo-words';
import { sentence } from '../sentence';

const KEEP = 'Keep in the diary';
const CANCEL = 'Cancel';

const countEntries = (count: number): string => countWords(count, 'entry', 'entries');

/** @param isPersistent - null: the browser was not asked, or did not say. */
function persistence(isPersistent: boolean | null): string | null {
  if (isPersistent === null) return null;
  return isPersistent
    ? 'The browser promised not to remove it by itself.'
    : 'The browser may remove it when space runs short or the site is not visited for long: export the diary now and then.';
}

/** @param count - of entries that this version of the app cannot read. */
const newer = (count: number): string =>
  `${countWords(count, 'entry was', 'entries were')} written by a newer version of the app`;

function noticeOf(notice: DiaryNotice): string {
  switch (notice.kind) {
    case 'saved':
      return joinSentences(`Saved under “${notice.moleName}”.`, persistence(notice.isPersistent));
    case 'removed':
      return `${countEntries(notice.count)} deleted.`;
    case 'exported':
      return exported(notice);
    case 'imported':
      return imported(notice);
  }
}

function exported({ count, left, newer: unknown }: Extract<DiaryNotice, { kind: 'exported' }>): string {
  return joinSentences(
    count === 0 ? 'There is nothing to export.' : `${countEntries(count)} exported.`,
    left > 0 && `${countWords(left, 'entry is', 'entries are')} damaged and not in the file.`,
    unknown > 0 && `${newer(unknown)} and ${unknown === 1 ? 'is' : 'are'} not in the file.`,
  );
}

function imported({ added, same, keptBeside, restored }: Extract<DiaryNotice, { kind: 'imported' }>): string {
  const parts = [`${countEntries(added)} added`];
  if (restored > 0) parts.push(`${formatNumber(restored)} restored`);
  if (same > 0) parts.push(`${formatNumber(same)} already there`);
  if (keptBeside > 0) parts.push(`${formatNumber(keptBeside)} different from what is there and kept beside it`);
  return `${parts.join(', ')}.`;
}

const REMARKS: Readonly<Record<string, string>> = { ...photo.reasons, ...photo.notes };

const sites = {
  scalp: 'scalp',
  face: 'face',
  ear: 'ear',
  neck: 'neck',
  shoulder: 'shoulder',
  chest: 'chest',
  abdomen: 'abdomen',
  'upper back': 'upper back',
  'lower back': 'lower back',
  'upper arm': 'upper arm',
  forearm: 'forearm',
  hand: 'hand',
  'genital area': 'genital area',
  buttock: 'buttock',
  thigh: 'thigh',
  'lower leg': 'lower leg',
  foot: 'foot',
  nail: 'nail',
  'somewhere else': 'somewhere else',
} satisfies Readonly<Record<BodySite, string>>;

const sides = {
  left: 'left',
  right: 'right',
  middle: 'in the middle',
} satisfies Readonly<Record<BodySide, string>>;

const place = (site: BodySite, side?: BodySide | null): string => (side ? `${sites[site]}, ${sides[side]}` : sites[site]);

function moment({ date, sameDay }: EntryMoment): string {
  if (sameDay === null) return formatDay(date);
  const { number, savedAt } = sameDay;
  const savedDay = isoDayOf(new Date(savedAt));
  const saved = savedDay === date ? `at ${formatTime(savedAt)}` : `${formatDay(savedDay)}, ${formatTime(savedAt)}`;
  return `${formatDay(date)} (no. ${formatNumber(number)}, saved ${saved})`;
}

const page = {
  title: 'Diary',
  lead: 'Pictures that you chose to keep, on this device only. Show a doctor a mole that changes, whatever its score.',
  scatter:
    'A score also changes with light, distance, focus and the chosen square. A difference within that scatter means nothing, and no score of two days tells how a mole develops: look at the pictures themselves.',
  notice: noticeOf,
  opening: 'Opening the diary …',
  empty: (): ReactNode => sentence`Nothing is kept. ${(<a href="#/">Analyse a photo</a>)}, then press “${KEEP}” below its score.`,
  export: 'Export all as zip',
  import: 'Import a zip',
  clear: 'Delete all',
  clearQuestion: (count: number) =>
    `This deletes ${countEntries(count)} of all moles for good. Export them first, if you may want them again.`,
  retry: 'Try again',
  damaged: 'Damaged entries',
  damagedWords: (count: number) =>
    `${countWords(count, 'entry is', 'entries are')} damaged and cannot be shown. The others are as they were. Importing your last export restores what is in it.`,
  damagedDelete: 'Delete what is damaged',
  damagedQuestion: 'This deletes the damaged entries for good.',
  newer: 'Entries of a newer version',
  newerWords: (count: number) =>
    `${newer(count)} and cannot be shown by this one. Nothing of it is lost: reload the page to get that version.`,
  estimate: (usageBytes: number, quotaBytes: number) =>
    `The browser’s own estimate for all of this app: ${fileSize(usageBytes)} in use, ${fileSize(quotaBytes)} allowed.`,
  persistence,
  allStored: 'All that is stored',
};

const entry = {
  moment,
  place,
  picture: (moleName: string, when: EntryMoment) => `Picture of ${entry.label(moleName, when)}`,
  label: (moleName: string, when: EntryMoment) => `${moleName}, ${moment(when)}`,
  score: ({ verdict, probability }: Pick<DiaryEntry, 'verdict' | 'probability'>): string =>
    verdict === 'cant-say' ? 'Can’t say' : formatScore(probability),
  scoreOf: ({ verdict, model }: Pick<DiaryEntry, 'verdict' | 'model'>): string =>
    verdict === 'cant-say' ? `model ${model.version}` : `the model’s score for malignant, model ${model.version}`,
  verdict({ verdict, probability, threshold }: Pick<DiaryEntry, 'verdict' | 'probability' | 'threshold'>): string {
    switch (verdict) {
      case 'malignant':
        return `Above the alarm line, which was at ${formatScore(threshold)}. Not a diagnosis.`;
      case 'benign':
        return `Below the alarm line, which was at ${formatScore(threshold)}. Not a diagnosis.`;
      case 'cant-say':
        return `The network gave ${formatScore(probability)}, but on such a picture it should not be relied on.`;
    }
  },
  /** A code of another version of the app stands for itself. */
  remarks: ({ reasons, photoNotes, saidKind }: DiaryEntry): readonly string[] => [
    ...(saidKind === undefined ? [] : [`Taken with a ${saidKind}, as you said.`]),
    ...[...reasons, ...photoNotes].map((code) => (Object.hasOwn(REMARKS, code) ? (REMARKS[code] ?? code) : code)),
  ],
  open: 'Open in the viewer',
  edit: 'Edit day, side and notes',
  delete: 'Delete',
  deleteQuestion: (when: EntryMoment) => `This deletes the entry of ${moment(when)} for good.`,
  lostPicture: 'The picture cannot be read.',
  date: 'Day of the photo',
  notes: 'Notes',
  save: 'Save',
  cancel: CANCEL,
};

const mole = {
  about: (site: BodySite, side: BodySide | undefined, count: number) => `${place(site, side)}; ${countEntries(count)}`,
  entries: (name: string) => `Entries of ${name}, newest first`,
  shots: ({ date, count, low, high, model }: DayShots) =>
    `${formatDay(date)}: ${countWords(count, 'photo')} of the same day score ${formatScore(low)} to ${formatScore(high)} by model ${model.version}. So far a score moves by the photo alone.`,
  compare: 'Compare two days',
  delete: 'Delete this mole',
  deleteQuestion: (name: string, count: number) => `This deletes “${name}” with ${countEntries(count)} for good.`,
};

const compare = {
  oneDay: 'One day',
  anotherDay: 'Another day',
  choice: moment,
  same: 'Choose two different entries.',
  layout: 'How to compare',
  layouts: { beside: 'Side by side', blink: 'One in place of the other' },
  /** Of both pictures. */
  scale:
    'Both pictures show their whole square at the same size. The squares were chosen by eye: the same size on the screen need not be the same size on the skin.',
  blink: {
    label: 'The two pictures, one in place of the other',
    show: { older: 'Show the older', newer: 'Show the newer' },
    start: 'Change every second',
    pause: 'Pause',
    calm: 'Your device asks for less motion: the pictures change only when you press.',
  },
  older: {
    title: (when: EntryMoment) => `Older: ${moment(when)}`,
    picture: (when: EntryMoment) => `Older picture, ${moment(when)}`,
  },
  newer: {
    title: (when: EntryMoment) => `Newer: ${moment(when)}`,
    picture: (when: EntryMoment) => `Newer picture, ${moment(when)}`,
  },
  input: (when: EntryMoment) => `What the network saw, ${moment(when)}`,
  logit: (logit: number) => `logit ${formatNumber(logit, 4)}`,
  caution:
    'Two numbers are no trend: light, distance, focus and the chosen square change a score as well. If the mole itself looks changed, show it to a doctor, whatever the scores.',
  open: 'Open both in the viewer',
  modelsDiffer: (older: string, newer: string) =>
    `Two versions of the model gave these scores (${older} and ${newer}): they cannot be compared.`,
  modelOther:
    'The model of this app is not the one that was used then. The viewer computes both pictures anew, with the present model: its scores differ from those written here.',
  tooFewPixels:
    'One of the photos had too few pixels for a verdict. The viewer opens what the network saw and cannot know that: go by what is written here.',
};

const keep = {
  title: KEEP,
  what: 'Kept on this device only, in this browser: the square of the photo, what the network saw, the score and what you write here. Not the photo’s file, its name or place.',
  mole: 'Which mole',
  moleChoice: (name: string, site: BodySite, side?: BodySide) => `${name} (${place(site, side)})`,
  newMole: 'A new one',
  moleName: 'What you call this mole',
  site: 'Where on the body',
  side: 'Side of the body',
  noSide: 'not said',
  notes: 'Notes (if you like)',
  save: 'Save on this device',
  saving: 'Saving …',
  /** Its eight views are computed first. */
  reviewing: 'Looking at it turned and mirrored …',
  cancel: CANCEL,
  /** @param moleName - null: it is not known any more. */
  saved: (moleName: string | null, isPersistent: boolean | null) =>
    joinSentences(
      moleName === null ? 'Saved on this device.' : `Saved on this device under “${moleName}”.`,
      persistence(isPersistent),
    ),
  close: 'Close',
  openDiary: 'Open the diary',
};

export const diary = { sites, sides, page, mole, entry, compare, keep };
