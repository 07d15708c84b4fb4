import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { projectRoot } from "#scripts/start/project.ts";
import { fromFindings, type Gate } from "#scripts/validate/gate.ts";
import { runTool } from "#scripts/validate/tool-gate.ts";

const migrations = join(projectRoot, "drizzle");
const sqlFiles = async (folder: string) => (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();

const configText = (out: string) => `export default {
  dialect: "postgresql",
  schema: ${JSON.stringify(join(projectRoot, "lib/db/schema/index.ts"))},
  out: ${JSON.stringify(relative(projectRoot, out))},
  casing: "snake_case",
};
`;

const newMigrations = async (work: string): Promise<readonly string[]> => {
  const out = join(work, "drizzle");
  const config = join(work, "drizzle.config.mjs");
  await cp(migrations, out, { recursive: true });
  await writeFile(config, configText(out));
  const { code, stdout, stderr } = await runTool({
    packageName: "drizzle-kit",
    program: "drizzle-kit",
    args: ["generate", "--config", relative(projectRoot, config), "--name", "drift"],
  });
  if (code !== 0) return [`${stdout}${stderr}`];
  const before = new Set(await sqlFiles(migrations));
  const added = (await sqlFiles(out)).filter((name) => !before.has(name));
  return Promise.all(
    added.map(async (name) => `The tables have no migration for:\n${await readFile(join(out, name), "utf8")}`),
  );
};

/** The migrations make exactly the tables that the code declares. Tried on a copy, so that nothing is written. */
export const migrationDriftGate: Gate = {
  name: "migration drift",
  run: async () => {
    const work = await mkdtemp(join(projectRoot, "node_modules", ".drift-"));
    try {
      return fromFindings(await newMigrations(work));
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  },
};
