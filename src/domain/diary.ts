/** What the diary keeps of one analysis, and the checks on what the person says of it. */
import { LensError } from './errors';
import type { Calibration, ModelManifest } from './manifest';
import type { PictureKind } from './probes';
import type { Verdict } from './score';
import { sha256Hex } from './sha256';

/** Plain words, from head to foot. */
export const BODY_SITES = [
  'scalp',
  'face',
  'ear',
  'neck',
  'shoulder',
  'chest',
  'abdomen',
  'upper back',
  'lower back',
  'upper arm',
  'forearm',
  'hand',
  'genital area',
  'buttock',
  'thigh',
  'lower leg',
  'foot',
  'nail',
  'somewhere else',
] as const;
export type BodySite = (typeof BODY_SITES)[number];

/** Of the person's own body; the middle is what lies on the line between the halves. */
export const BODY_SIDES = ['left', 'right', 'middle'] as const;
export type BodySide = (typeof BODY_SIDES)[number];

export const MAX_MOLE_NAME = 60;
export const MAX_NOTES = 2000;

/** What the person says of an analysis. */
export interface DiaryWords {
  readonly moleId: string;
  readonly moleName: string;
  readonly site: BodySite;
  /** Not there: nothing was said, or the entry is older than the question. */
  readonly side?: BodySide;
  /** The day of the photo as the person gives it, ISO 8601: 2026-02-29 is none. */
  readonly date: string;
  readonly notes: string;
}

/** Which weights gave a score. */
export interface ModelFacts {
  readonly version: string;
  /** See `modelFingerprint`. */
  readonly sha256: string;
}

/** One analysis in the diary. JSON keeps it exactly. The person's name, the place and the file are not in it. */
export interface DiaryEntry extends DiaryWords {
  readonly id: string;
  /** When it was saved by the device's clock, ISO 8601 in UTC: orders the entries of a day. */
  readonly savedAt: string;
  /** Before calibration. */
  readonly logit: number;
  /** 0-1, after calibration. */
  readonly probability: number;
  readonly verdict: Verdict;
  /** Codes of `photo-quality.ts`, perhaps of another version of the app. */
  readonly reasons: readonly string[];
  readonly photoNotes: readonly string[];
  readonly threshold: number;
  readonly calibration: Calibration;
  readonly model: ModelFacts;
  readonly backend: string;
  readonly appVersion: string;
  /** Of the two pictures' files, lower-case hex: a damaged picture is noticed. */
  readonly inputSha256: string;
  readonly viewSha256: string;
  /** What the person said took the photo; not there: nothing, or the entry is older than the question. */
  readonly saidKind?: PictureKind;
}

export interface DiaryPictures {
  /** PNG, of the input's side: exactly what the network saw. */
  readonly input: Uint8Array<ArrayBuffer>;
  /** JPEG: the square of the photo, smaller, without metadata. */
  readonly view: Uint8Array<ArrayBuffer>;
}

export interface DiaryItem {
  readonly entry: DiaryEntry;
  readonly pictures: DiaryPictures;
}

/** A mole and its entries, oldest first. */
export interface DiaryMole {
  readonly id: string;
  readonly name: string;
  readonly site: BodySite;
  readonly side?: BodySide;
  readonly entries: readonly DiaryEntry[];
}

/** SHA-256 (hex) of the SHA-256s of the model's files, in the manifest's order; of a person's own model that of its file. */
export function modelFingerprint({ files, own }: Pick<ModelManifest, 'files' | 'own'>): Promise<string> {
  if (own) return Promise.resolve(own.facts.hash);
  return sha256Hex(new TextEncoder().encode(files.map(({ sha256 }) => sha256).join('')));
}

/** A day of the calendar, as YYYY-MM-DD from the year 1900 on. */
export function isIsoDay(text: string): boolean {
  if (!/^(19|20|21)\d\d-\d\d-\d\d$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** The day on the device's clock and in its time zone. */
export function isoDayOf(date: Date): string {
  const pad = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}

/** Ids name files of the export, hence the narrow alphabet. */
export function isDiaryId(text: string): boolean {
  return /^[a-z0-9]{8,64}$/.test(text);
}

/** 128 random bits as hex; `crypto.randomUUID` exists in secure contexts only. */
export function newDiaryId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * @returns the words without space around them.
 * @throws LensError `diary-entry-invalid`: no name, no known place, too long a text, no real day.
 */
export function checkDiaryWords({ moleId, moleName, site, side, date, notes }: DiaryWords): DiaryWords {
  const name = moleName.trim();
  const says = notes.trim();
  const isFit = isDiaryId(moleId) && name !== '' && name.length <= MAX_MOLE_NAME && says.length <= MAX_NOTES && isIsoDay(date);
  const isPlace = BODY_SITES.includes(site) && (side === undefined || BODY_SIDES.includes(side));
  if (!isFit || !isPlace) throw new LensError('diary-entry-invalid');
  return { moleId, moleName: name, site, ...(side && { side }), date, notes: says };
}

/** Both went through `readDiaryRecord`, so that equal facts are equal texts. */
export function isSameEntry(a: DiaryEntry, b: DiaryEntry): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Moles by name, entries by day; a mole is called what its newest entry calls it, and lies on the side that the newest one to name it says. */
export function groupByMole(entries: readonly DiaryEntry[]): readonly DiaryMole[] {
  const groups = new Map<string, DiaryEntry[]>();
  for (const entry of entries) groups.set(entry.moleId, [...(groups.get(entry.moleId) ?? []), entry]);
  const moles = [...groups].map(([id, group]): DiaryMole => {
    const ordered = group.sort((a, b) => compareEntries(a, b));
    const { moleName, site } = ordered.at(-1)!;
    const side = ordered.findLast((entry) => entry.side !== undefined)?.side;
    return { id, name: moleName, site, ...(side && { side }), entries: ordered };
  });
  return moles.sort((a, b) => a.name.localeCompare(b.name, 'en') || compareTexts(a.id, b.id));
}

/** When an entry was: its day, and what tells it apart from others of that day. */
export interface EntryMoment {
  /** ISO 8601. */
  readonly date: string;
  /** null: it is the only one of its day. `number`: its place among those of the day, from 1. `savedAt`: see `DiaryEntry`. */
  readonly sameDay: { readonly number: number; readonly savedAt: string } | null;
}

/** @param entries - of one mole, oldest first, the entry among them. */
export function momentOf({ id, date, savedAt }: DiaryEntry, entries: readonly DiaryEntry[]): EntryMoment {
  const ofDay = entries.filter((entry) => entry.date === date);
  const number = ofDay.findIndex((entry) => entry.id === id) + 1;
  return { date, sameDay: ofDay.length > 1 ? { number, savedAt } : null };
}

/** Several photos of a mole on one day: how far its score moves by light, distance and framing alone. */
export interface DayShots {
  /** ISO 8601. */
  readonly date: string;
  readonly count: number;
  /** That gave all of these scores. */
  readonly model: ModelFacts;
  /** Calibrated scores, 0-1. */
  readonly low: number;
  readonly high: number;
}

/**
 * Days with two photos or more that have a verdict from the same weights; of others nothing is said.
 * @param entries - of one mole, in any order. @returns the newest day first.
 */
export function shotsOfDays(entries: readonly DiaryEntry[]): readonly DayShots[] {
  const groups = new Map<string, DiaryEntry[]>();
  for (const entry of entries) {
    if (entry.verdict === 'cant-say') continue;
    const key = `${entry.date} ${entry.model.sha256}`;
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return [...groups.values()]
    .filter((group) => group.length > 1)
    .map((group) => {
      const scores = group.map(({ probability }) => probability);
      const { date, model } = group[0]!;
      return { date, count: group.length, model, low: Math.min(...scores), high: Math.max(...scores) };
    })
    .sort((a, b) => compareTexts(b.date, a.date));
}

/** By day, then by when it was saved. */
export function compareEntries(a: DiaryEntry, b: DiaryEntry): number {
  return compareTexts(a.date, b.date) || compareTexts(a.savedAt, b.savedAt) || compareTexts(a.id, b.id);
}

/** By UTF-16 units: the same in every language of the browser. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
