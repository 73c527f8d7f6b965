import { object } from 'valibot';
import { describe, expect, it } from 'vitest';
import { diaryEntry } from './testdata/diary-entry';
import { upgradeRecord, versionAfter, type Upgrade } from './record-version';
import { checkSchema, TEXT } from './schema';

/** What the next versions of some record may need: a field filled in, then another one renamed. */
const addDevice: Upgrade = (record) => ({ ...record, device: 'unknown' });
const renameDevice: Upgrade = ({ device, ...record }) => ({ ...record, camera: device });

describe('upgradeRecord', () => {
  it('takes every step from the record’s version to the present one', () => {
    const upgrades = [addDevice, renameDevice];
    expect(upgradeRecord({ id: 1 }, 1, upgrades)).toEqual({ kind: 'current', record: { id: 1, camera: 'unknown' } });
    expect(upgradeRecord({ id: 1, device: 'x' }, 2, upgrades)).toEqual({ kind: 'current', record: { id: 1, camera: 'x' } });
    expect(upgradeRecord({ id: 1, camera: 'x' }, 3, upgrades)).toEqual({ kind: 'current', record: { id: 1, camera: 'x' } });
    expect(versionAfter(upgrades)).toBe(3);
  });

  it('names a newer version and does not look at the rest', () => {
    expect(upgradeRecord({}, 3, [addDevice])).toEqual({ kind: 'newer', version: 3 });
  });

  it.each([0, -1, 1.5, '1', null, undefined, Number.NaN])('knows no version %j', (version) => {
    expect(upgradeRecord({}, version, [])).toEqual({ kind: 'unknown' });
  });

  it.each([null, 'x', 3, [{}]])('takes no %j for a record', (value) => {
    expect(upgradeRecord(value, 1, [])).toEqual({ kind: 'unknown' });
  });

  it('leaves an entry of the diary whole when the next version needs one field more', () => {
    const wants = object({ id: TEXT, device: TEXT });
    expect(checkSchema(wants, diaryEntry({}), 'entry').ok).toBe(false);
    const upgraded = upgradeRecord(diaryEntry({}), 1, [addDevice]);
    expect(upgraded.kind === 'current' && checkSchema(wants, upgraded.record, 'entry')).toMatchObject({ ok: true });
  });
});
