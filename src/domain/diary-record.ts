/** Entries of the diary as they lie in a database or a file, which anybody may have written. */
import { check, exactOptional, minLength, object, picklist, pipe, regex, string, type GenericSchema } from 'valibot';
import { BODY_SIDES, BODY_SITES, isDiaryId, isIsoDay, MAX_MOLE_NAME, MAX_NOTES, type DiaryEntry } from './diary';
import { PICTURE_KINDS } from './probes';
import { upgradeRecord, versionAfter, type Upgrade } from './record-version';
import { checkSchema, FINITE, listUpTo, SHA256_HEX, SHARE, textUpTo } from './schema';

/**
 * Steps between versions of a record. A field that an entry must have from some version on needs a step that fills it in,
 * or every entry kept before counts as damaged.
 */
const UPGRADES: readonly Upgrade[] = [sideMayBeSaid];

/**
 * From version 2 on a record may say the side of the body. There is nothing to fill in; but a version of the app that does
 * not know the field would drop it at the next change, so it has to see that the record is not one of its own.
 */
function sideMayBeSaid(record: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return record;
}

const ID = pipe(string(), check(isDiaryId, 'an id'));
const CODES = listUpTo(20, pipe(string(), regex(/^[a-z0-9-]{1,40}$/)));
const SHORT_TEXT = textUpTo(40);

const ENTRY = object({
  id: ID,
  savedAt: pipe(string(), regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)),
  moleId: ID,
  moleName: pipe(textUpTo(MAX_MOLE_NAME), minLength(1, 'a text')),
  site: picklist(BODY_SITES, 'a known site'),
  side: exactOptional(picklist(BODY_SIDES, 'a known side')),
  date: pipe(string(), check(isIsoDay, 'a day')),
  notes: textUpTo(MAX_NOTES),
  logit: FINITE,
  probability: SHARE,
  verdict: picklist(['benign', 'malignant', 'cant-say']),
  reasons: CODES,
  photoNotes: CODES,
  threshold: SHARE,
  calibration: object({ slope: FINITE, offset: FINITE }),
  model: object({ version: SHORT_TEXT, sha256: SHA256_HEX }),
  backend: SHORT_TEXT,
  appVersion: SHORT_TEXT,
  inputSha256: SHA256_HEX,
  viewSha256: SHA256_HEX,
  saidKind: exactOptional(picklist(PICTURE_KINDS, 'a kind of photo')),
}) satisfies GenericSchema<unknown, DiaryEntry>;

export type DiaryRecord =
  /** With exactly the known fields, in a fixed order. */
  | { readonly kind: 'entry'; readonly entry: DiaryEntry }
  /** Written by a later version of the app: to be left as it is. */
  | { readonly kind: 'newer'; readonly version: number }
  /** `fault`: see `Checked`. */
  | { readonly kind: 'damaged'; readonly fault: string };

/** A record without `formatVersion` is of version 1: such were written before there was one. */
export function readDiaryRecord(value: unknown): DiaryRecord {
  const version = typeof value === 'object' && value !== null && 'formatVersion' in value ? value.formatVersion : 1;
  const upgraded = upgradeRecord(value, version, UPGRADES);
  if (upgraded.kind === 'newer') return upgraded;
  if (upgraded.kind === 'unknown') return { kind: 'damaged', fault: 'no record of a known version' };
  const checked = checkSchema(ENTRY, upgraded.record, 'entry');
  return checked.ok ? { kind: 'entry', entry: checked.value } : { kind: 'damaged', fault: checked.fault };
}

/** The inverse of `readDiaryRecord`, in the present version. */
export function writeDiaryRecord(entry: DiaryEntry): DiaryEntry & { readonly formatVersion: number } {
  return { formatVersion: versionAfter(UPGRADES), ...entry };
}
