/**
 * Breaks a text into lines that fit; a word that is too long by itself stands alone.
 * @param measure - Width of a text, in the units of `maxWidth`.
 */
export function wrapText(text: string, maxWidth: number, measure: (text: string) => number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && measure(longer) > maxWidth) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return line === '' ? lines : [...lines, line];
}
