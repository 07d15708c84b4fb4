import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { ensureMediaTools } from "#scripts/start/install-tools.ts";
import { LaunchError } from "#scripts/start/launch-error.ts";
import { main } from "#scripts/start/main.ts";
import { projectRoot } from "#scripts/start/project.ts";
import { sourcePaths } from "#scripts/validate/source-files.ts";

const rowSchema = z.object({
  what: z.string(),
  value: z.union([z.string(), z.number()]),
  bar: z.union([z.string(), z.number()]),
  ok: z.boolean(),
});
const resultSchema = z.object({ rows: z.array(rowSchema) });
const benchSchema = z.object({
  name: z.string(),
  run: z.custom<() => Promise<unknown>>((value) => typeof value === "function"),
});

type Row = z.output<typeof rowSchema>;

/** The files of the folder that measure something, told by what they export; others are their parts. */
const benches = async (wanted: readonly string[]) => {
  const found: { name: string; run: () => Promise<unknown> }[] = [];
  for (const path of await sourcePaths(["tests/bench"], /^[^.]+\.ts$/)) {
    const parsed = benchSchema.safeParse(await import(pathToFileURL(join(projectRoot, path)).href));
    if (parsed.success && (wanted.length === 0 || wanted.includes(parsed.data.name))) found.push(parsed.data);
  }
  return found;
};

const table = (rows: readonly Row[]) => [
  "| what | measured | bar | |",
  "|---|---|---|---|",
  ...rows.map(({ what, value, bar, ok }) => `| ${what} | ${value} | ${bar} | ${ok ? "met" : "MISSED"} |`),
];

// `npm run bench [name…]`: every measurement with the bar it must meet, as one table.
await main(async () => {
  await ensureMediaTools((line) => console.log(line));
  const found = await benches(process.argv.slice(2));
  if (found.length === 0) throw new LaunchError("There is no bench of that name in tests/bench.");
  const rows: Row[] = [];
  for (const { name, run } of found) {
    console.log(`Measuring: ${name}`);
    rows.push(...resultSchema.parse(await run()).rows);
  }
  console.log(table(rows).join("\n"));
  return rows.every(({ ok }) => ok) ? 0 : 1;
});
