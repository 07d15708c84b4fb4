import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { projectRoot } from "#scripts/start/project.ts";
import { sourcePaths } from "#scripts/validate/source-files.ts";

/** A route file of the app with what it exports. */
export type RouteModule = { file: string; module: Readonly<Record<string, unknown>> };

/** Every route file there is, imported: nothing can be forgotten, as there is no list. */
export const routeModules = async (): Promise<readonly RouteModule[]> => {
  const files = await sourcePaths(["app"], /^route\.tsx?$/);
  return Promise.all(
    files.map(async (file) => {
      const module: Record<string, unknown> = await import(pathToFileURL(join(projectRoot, file)).href);
      return { file, module };
    }),
  );
};
