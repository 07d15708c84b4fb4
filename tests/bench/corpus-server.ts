import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import postgres from "postgres";
import { migrate } from "#lib/db/migrate.ts";
import { startPostgres, stopPostgres } from "#scripts/start/postgres/server.ts";
import { fillSearch } from "#tests/bench/fill-search.ts";
import { type CorpusSize, makeWords } from "#tests/bench/search-corpus.ts";
import { databaseUrlOf, onServer, startTestServer } from "#tests/setup/test-server.ts";

/** Counts up when the corpus changes, so that a kept one of an earlier form is not taken for it. */
const corpusVersion = 1;
const database = "corpus";

/** A server with a filled database. */
type CorpusServer = { databaseUrl: string; stop: () => Promise<void> };
type Wanted = { size: CorpusSize; say: (line: string) => void };

/** The folder of `--data=<folder>` in the command line, where a filled database is kept; null without one. */
export const keptFolder = (): string | null => {
  const given = process.argv.find((argument) => argument.startsWith("--data="));
  return given === undefined ? null : resolve(given.slice("--data=".length));
};

/** What a folder was filled with; null when it was not, or not to the end. */
const recorded = (folder: string) => readFile(join(folder, "corpus.json"), "utf8").catch(() => null);

const fill = async (folder: string, { adminUrl, size, say }: Wanted & { adminUrl: string }) => {
  await onServer(adminUrl, `drop database if exists ${database}`);
  await onServer(adminUrl, `create database ${database}`);
  const databaseUrl = databaseUrlOf(adminUrl, database);
  await migrate({ databaseUrl });
  await fillSearch({ databaseUrl, size, names: makeWords(size.words), say });
  await writeFile(join(folder, "corpus.json"), JSON.stringify({ corpusVersion, size }));
};

/**
 * Brings it up to date: later migrations, and the worker's daily looks at index and storage, which would go on beside the
 * measurement, count as done.
 */
const renew = async (databaseUrl: string) => {
  await migrate({ databaseUrl });
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  try {
    await sql`update search_engines set checked_at = now()`;
    await sql`insert into storage_reconciliations (id, started_at, ended_at) values (gen_random_uuid(), now(), now())`;
    // Else the server does it by itself, beside the measurement: what was filled was never vacuumed.
    await sql`vacuum (analyze)`;
    // As on a server that has run for a day: what fits is in its memory, and what is least looked at for its size is not.
    await sql`create extension if not exists pg_prewarm`;
    await sql`select pg_prewarm(r.oid) from (
      select oid from pg_class where relkind in ('r', 'i') and relpersistence = 'p' order by pg_relation_size(oid) desc) r`;
  } finally {
    await sql.end({ timeout: 5 });
  }
};

const startKept = async (folder: string, { size, say }: Wanted): Promise<CorpusServer> => {
  const wanted = JSON.stringify({ corpusVersion, size });
  const found = await recorded(folder);
  if (found !== null && found !== wanted) {
    throw new Error(
      `${folder} holds another corpus (${found}) than the wanted one (${wanted}); remove it or name another.`,
    );
  }
  await mkdir(folder, { recursive: true });
  // As root the server runs as another user, who must be able to enter.
  await chmod(folder, 0o711);
  const server = await startPostgres({ dataDir: folder, preferredPort: null, durable: false });
  const stop = () => stopPostgres(server);
  const adminUrl = server.url("postgres");
  try {
    if (found === null) await fill(folder, { adminUrl, size, say });
    await renew(databaseUrlOf(adminUrl, database));
  } catch (error) {
    await stop();
    throw error;
  }
  return { databaseUrl: databaseUrlOf(adminUrl, database), stop };
};

/**
 * A server with a corpus of this size: in `folder`, which is filled the first time and used again afterwards, else one that
 * is made and removed. Whoever stops it gets the folder back in order. Throws when the folder holds another corpus.
 */
export const startCorpus = async (input: Wanted & { folder: string | null }): Promise<CorpusServer> => {
  const { folder, size, say } = input;
  if (folder !== null) return startKept(folder, input);
  const server = await startTestServer();
  try {
    const databaseUrl = databaseUrlOf(server.adminUrl, server.template);
    await fillSearch({ databaseUrl, size, names: makeWords(size.words), say });
    await renew(databaseUrl);
    return { databaseUrl, stop: server.stop };
  } catch (error) {
    await server.stop();
    throw error;
  }
};
