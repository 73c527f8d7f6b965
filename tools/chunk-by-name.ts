/**
 * Splits paths into chunks in which every name occurs once: the browser passes on a file's name alone, so this keeps
 * `a/1.jpg` and `b/1.jpg` apart.
 */
export function chunkByName(paths: readonly string[], size: number): string[][] {
  const chunks: { names: Set<string>; paths: string[] }[] = [];
  for (const path of paths) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    let chunk = chunks.find((c) => c.paths.length < size && !c.names.has(name));
    if (!chunk) {
      chunk = { names: new Set(), paths: [] };
      chunks.push(chunk);
    }
    chunk.names.add(name);
    chunk.paths.push(path);
  }
  return chunks.map((c) => c.paths);
}
