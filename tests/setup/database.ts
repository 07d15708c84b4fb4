import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, inject } from "vitest";
import { closeDb } from "#lib/db/client.ts";
import { overrideEnv } from "#lib/env.ts";
import { databaseUrlOf, onServer } from "#tests/setup/test-server.ts";

/** A database and a data folder that belong to one test file alone. */
export type TestDatabase = { url: string; dataDir: string };

/** Makes a migrated database of one's own; the caller removes it. */
export const createDatabase = async (): Promise<{ url: string; drop: () => Promise<void> }> => {
  const adminUrl = inject("adminUrl");
  const name = `kinora_test_${process.pid}_${randomBytes(4).toString("hex")}`;
  await onServer(adminUrl, `create database ${name} template ${inject("template")}`);
  return {
    url: databaseUrlOf(adminUrl, name),
    drop: () => onServer(adminUrl, `drop database if exists ${name} with (force)`),
  };
};

/**
 * Gives the test file that calls it (once, at its top level) a clone of the migrated database and an empty data folder,
 * and points the configuration at them, so that `db()` and `env()` just work. Both are removed afterwards. `variables`
 * are laid over the environment too. The returned object is filled before the first test.
 */
export const testDatabase = (variables: Record<string, string> = {}): TestDatabase => {
  const given: TestDatabase = { url: "", dataDir: "" };
  let drop: (() => Promise<void>) | undefined;
  beforeAll(async () => {
    const database = await createDatabase();
    drop = database.drop;
    given.url = database.url;
    given.dataDir = await mkdtemp(join(tmpdir(), "kinora-test-"));
    // A search server is there for the suites that ask for it alone: see tests/setup/typesense/built-typesense.ts.
    const others = { TYPESENSE_URL: undefined, TYPESENSE_API_KEY: undefined };
    overrideEnv({ DATABASE_URL: given.url, DATA_DIR: given.dataDir, ...others, ...variables });
  });
  afterAll(async () => {
    await closeDb();
    await drop?.();
    if (given.dataDir !== "") await rm(given.dataDir, { recursive: true, force: true });
  });
  return given;
};
