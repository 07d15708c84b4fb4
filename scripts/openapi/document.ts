import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { findGaps } from "#lib/web/openapi/find-gaps.ts";
import { makeDocument } from "#lib/web/openapi/make-document.ts";
import { entriesOf } from "#lib/web/openapi/route-entry.ts";
import { type RouteModule, routeModules } from "#scripts/openapi/route-modules.ts";
import { projectRoot } from "#scripts/start/project.ts";

/** Where the document lies, from the project's folder. */
export const documentPath = "lib/web/openapi/openapi.json";

/** What is missing in the specs of these routes, one sentence each. */
export const gapsOf = (modules: readonly RouteModule[]): string[] => modules.flatMap(findGaps);

const textOf = (modules: readonly RouteModule[]): string =>
  `${JSON.stringify(makeDocument(modules.flatMap(({ file, module }) => entriesOf(file, module))), null, 1)}\n`;

/** What is wrong with the specs, and whether the stored document is another one than they make. */
export const checkDocument = async (): Promise<readonly string[]> => {
  const modules = await routeModules();
  const gaps = gapsOf(modules);
  if (gaps.length > 0) return gaps;
  const stored = await readFile(join(projectRoot, documentPath), "utf8").catch(() => "");
  return stored === textOf(modules) ? [] : [`${documentPath} is not what the routes say: run "npm run openapi".`];
};

/** Writes the document anew. Gives what is missing in the specs instead, when something is. */
export const writeDocument = async (): Promise<readonly string[]> => {
  const modules = await routeModules();
  const gaps = gapsOf(modules);
  if (gaps.length === 0) await writeFile(join(projectRoot, documentPath), textOf(modules));
  return gaps;
};
