import { readFile, writeFile } from "node:fs/promises";

/**
 * Remembers a file's text; the returned function writes it back when it was changed since. For tsconfig.json, which Next
 * rewrites whenever it builds into a folder that the file does not name, and a clone must stay clean.
 */
export const keepFile = async (path: string): Promise<() => Promise<void>> => {
  const before = await readFile(path, "utf8");
  return async () => {
    if ((await readFile(path, "utf8")) !== before) await writeFile(path, before);
  };
};
