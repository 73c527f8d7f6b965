import { useState } from 'react';
import {
  groupByMole,
  newDiaryId,
  type BodySide,
  type BodySite,
  type DiaryEntry,
  type DiaryMole,
  type DiaryWords,
} from '../../domain/diary';

/** Stands for a mole that is not in the diary yet. */
export const NEW_MOLE = 'new';

/** Which mole a picture is of: one of the diary's, or a new one with the name and place that are written. */
export interface MoleChoice {
  readonly moles: readonly DiaryMole[];
  /** `NEW_MOLE`, or the id of one of the diary's. */
  readonly value: string;
  readonly isNew: boolean;
  /** Of a new one. */
  readonly name: string;
  readonly site: BodySite;
  /** null: nothing is said. */
  readonly side: BodySide | null;
  /** What the entry will say of its mole. */
  readonly chosen: Pick<DiaryWords, 'moleId' | 'moleName' | 'site' | 'side'>;
  readonly onValue: (value: string) => void;
  readonly onName: (name: string) => void;
  readonly onSite: (site: BodySite) => void;
  readonly onSide: (side: BodySide | null) => void;
}

/** The first mole is chosen until the person chooses. */
export function useMoleChoice(entries: readonly DiaryEntry[]): MoleChoice {
  const moles = groupByMole(entries);
  const [newId] = useState(newDiaryId);
  const [chosenId, onValue] = useState<string | null>(null);
  const [name, onName] = useState('');
  const [site, onSite] = useState<BodySite>('somewhere else');
  const [side, onSide] = useState<BodySide | null>(null);
  const value = chosenId ?? moles[0]?.id ?? NEW_MOLE;
  const mole = moles.find(({ id }) => id === value);
  return {
    moles,
    value,
    isNew: mole === undefined,
    name,
    site,
    side,
    chosen:
      mole === undefined
        ? { moleId: newId, moleName: name, site, ...(side && { side }) }
        : { moleId: mole.id, moleName: mole.name, site: mole.site, ...(mole.side && { side: mole.side }) },
    onValue,
    onName,
    onSite,
    onSide,
  };
}
