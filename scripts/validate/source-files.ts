import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { projectRoot } from "#scripts/start/project.ts";

/** Folders that hold our own code. */
export const codeFolders = ["app", "components", "lib", "worker", "scripts", "tests"] as const;

/** A file of ours: its path from the project's folder, with slashes, and its text. */
export type SourceFile = { path: string; text: string };

/** Paths of all files in these folders whose name matches, from the project's folder, with slashes, sorted. */
export const sourcePaths = async (folders: readonly string[], matching: RegExp): Promise<readonly string[]> => {
  const found = await Promise.all(
    folders.map(async (folder) => {
      const entries = await readdir(join(projectRoot, folder), { recursive: true, withFileTypes: true }).catch(
        () => [],
      );
      return entries
        .filter((entry) => entry.isFile() && matching.test(entry.name))
        .map((entry) => join(entry.parentPath, entry.name));
    }),
  );
  return found
    .flat()
    .map((path) => relative(projectRoot, path).split(sep).join("/"))
    .sort();
};

/** Reads all files in these folders whose name matches. */
export const readSources = async (folders: readonly string[], matching: RegExp): Promise<readonly SourceFile[]> =>
  Promise.all(
    (await sourcePaths(folders, matching)).map(async (path) => ({
      path,
      text: await readFile(join(projectRoot, path), "utf8"),
    })),
  );

/** TypeScript files, with and without JSX. */
export const typescript = /\.tsx?$/;
