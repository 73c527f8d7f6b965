/** What the diary keeps of one analysis, and the checks on it: a record may come from a file that anybody wrote. */
import { LensError } from './errors';
import type { Calibration, ModelManifest } from './manifest';
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

export const MAX_MOLE_NAME = 60;
export const MAX_NOTES = 2000;

/** What the person says of an analysis. */
export interface DiaryWords {
  readonly moleId: string;
  readonly moleName: string;
  readonly site: BodySite;
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
}

export interface DiaryPictures {
  /** PNG, 128x128: exactly what the network saw. */
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
  readonly entries: readonly DiaryEntry[];
}

/** SHA-256 (hex) of the SHA-256s of the model's files, in the manifest's order. */
export function modelFingerprint({ files }: ModelManifest): Promise<string> {
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
export function isDiaryId(value: unknown): value is string {
  return typeof value === 'string' && /^[a-z0-9]{8,64}$/.test(value);
}

/** 128 random bits as hex; `crypto.randomUUID` exists in secure contexts only. */
export function newDiaryId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * @returns the words without space around them.
 * @throws LensError `diary-entry-invalid`: no name, too long a text, no real day.
 */
export function checkDiaryWords({ moleId, moleName, site, date, notes }: DiaryWords): DiaryWords {
  const name = moleName.trim();
  const says = notes.trim();
  const isFit = isDiaryId(moleId) && name !== '' && name.length <= MAX_MOLE_NAME && says.length <= MAX_NOTES && isIsoDay(date);
  if (!isFit || !BODY_SITES.includes(site)) throw new LensError('diary-entry-invalid');
  return { moleId, moleName: name, site, date, notes: says };
}

/**
 * A record as it lies in a database or a file -> an entry with exactly the known fields, in a fixed order.
 * @returns null where anything is missing or not what it should be.
 */
export function parseDiaryEntry(value: unknown): DiaryEntry | null {
  if (!isRecord(value)) return null;
  const { calibration, model } = value;
  if (!isRecord(calibration) || !isRecord(model)) return null;
  const { id, savedAt, moleId, moleName, site, date, notes, logit, probability, verdict, threshold } = value;
  const { reasons, photoNotes, backend, appVersion, inputSha256, viewSha256 } = value;
  if (!isDiaryId(id) || !isDiaryId(moleId)) return null;
  if (!isText(moleName, MAX_MOLE_NAME) || moleName === '' || !isText(notes, MAX_NOTES)) return null;
  if (!isText(date, 10) || !isIsoDay(date)) return null;
  if (!isText(savedAt, 24) || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(savedAt)) return null;
  const knownSite = BODY_SITES.find((known) => known === site);
  const knownVerdict = (['benign', 'malignant', 'cant-say'] as const).find((known) => known === verdict);
  if (knownSite === undefined || knownVerdict === undefined) return null;
  if (!isFinite(logit) || !isShare(probability) || !isShare(threshold)) return null;
  if (!isFinite(calibration['slope']) || !isFinite(calibration['offset'])) return null;
  if (!isText(model['version'], 40) || !isSha256(model['sha256'])) return null;
  if (!isCodes(reasons) || !isCodes(photoNotes) || !isText(backend, 40) || !isText(appVersion, 40)) return null;
  if (!isSha256(inputSha256) || !isSha256(viewSha256)) return null;
  return {
    id,
    savedAt,
    moleId,
    moleName,
    site: knownSite,
    date,
    notes,
    logit,
    probability,
    verdict: knownVerdict,
    reasons: [...reasons],
    photoNotes: [...photoNotes],
    threshold,
    calibration: { slope: calibration['slope'], offset: calibration['offset'] },
    model: { version: model['version'], sha256: model['sha256'] },
    backend,
    appVersion,
    inputSha256,
    viewSha256,
  };
}

/** Both went through `parseDiaryEntry`, so that equal facts are equal texts. */
export function isSameEntry(a: DiaryEntry, b: DiaryEntry): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Moles by name, entries by day; a mole is called what its newest entry calls it. */
export function groupByMole(entries: readonly DiaryEntry[]): readonly DiaryMole[] {
  const groups = new Map<string, DiaryEntry[]>();
  for (const entry of entries) groups.set(entry.moleId, [...(groups.get(entry.moleId) ?? []), entry]);
  const moles = [...groups].map(([id, group]): DiaryMole => {
    const ordered = group.sort((a, b) => compareEntries(a, b));
    const { moleName, site } = ordered.at(-1)!;
    return { id, name: moleName, site, entries: ordered };
  });
  return moles.sort((a, b) => a.name.localeCompare(b.name, 'en') || compareTexts(a.id, b.id));
}

/** By day, then by when it was saved. */
export function compareEntries(a: DiaryEntry, b: DiaryEntry): number {
  return compareTexts(a.date, b.date) || compareTexts(a.savedAt, b.savedAt) || compareTexts(a.id, b.id);
}

/** By UTF-16 units: the same in every language of the browser. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown, maxLength: number): value is string {
  return typeof value === 'string' && value.length <= maxLength;
}

function isFinite(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isShare(value: unknown): value is number {
  return isFinite(value) && value >= 0 && value <= 1;
}

function isSha256(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}

function isCodes(value: unknown): value is string[] {
  return Array.isArray(value) && value.length <= 20 && value.every((code) => typeof code === 'string' && /^[a-z0-9-]{1,40}$/.test(code));
}
