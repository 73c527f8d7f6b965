/** What is known of a picture besides the picture. */

/** true malignant, false benign, null: labelled, but neither (premalignant, none). */
export type Label = boolean | null;

/** Looks a relative path ('/' between parts) up; undefined: no label. */
export type LabelLookUp = (path: string) => Label | undefined;

/** The same of its class, as a diagnosis; undefined: none is known. */
export type ClassLookUp = (path: string) => string | undefined;

/** Classes that are spelled alike are the same. */
export function spellClass(text: string): string {
  return text.trim().toLowerCase().replaceAll('_', ' ');
}

/** Labels from folders named benign and malignant. */
export const labelsFromFolders: LabelLookUp = (path) => {
  const folders = path
    .split('/')
    .slice(0, -1)
    .map((part) => part.toLowerCase());
  if (folders.includes('malignant')) return true;
  return folders.includes('benign') ? false : undefined;
};
