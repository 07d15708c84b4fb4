import { fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { childEnvironment } from "#lib/env.ts";
import { createFileStore } from "#lib/storage/file-store.ts";
import { load } from "#tests/bench/load.ts";
import type { BenchRow } from "#tests/bench/uploads.ts";
import { makeDataDir } from "#tests/setup/site.ts";
import { databaseUrlOf, onServer, startTestServer } from "#tests/setup/test-server.ts";

const clients = 8;
/** Short turns, so that whatever else the machine does falls on both sides alike; three flushes happen in all. */
const turns = 20;
const secondsPerTurn = 0.8;

const startServer = async (input: { dataDir: string; databaseUrl: string }) => {
  const [videoId, ownerId, channelId] = [randomUUID(), randomUUID(), randomUUID()];
  const prefix = `runs/${videoId}/${randomUUID()}/`;
  const sql = postgres(input.databaseUrl, { max: 1 });
  await sql`insert into users (id, email, username, display_name, role)
    values (${ownerId}, 'bench@example.org', 'bench', 'Bench', 'creator')`;
  await sql`insert into channels (id, owner_id, handle, name) values (${channelId}, ${ownerId}, 'bench', 'Bench')`;
  await sql`
    insert into videos (id, channel_id, creator_id, title, visibility, status, source_filename, source_size_bytes)
    values (${videoId}, ${channelId}, ${ownerId}, 'Bench', 'public', 'ready', 'bench.mp4', 1)`;
  const store = createFileStore({ root: join(input.dataDir, "storage") });
  await store.put({ key: `${prefix}large`, body: Buffer.alloc(4 * 1024 * 1024, 1) });
  await store.put({ key: `${prefix}small`, body: Buffer.alloc(16 * 1024, 1) });
  const child = fork(
    fileURLToPath(new URL("../setup/metered-file-server.ts", import.meta.url)),
    [prefix, videoId, ownerId],
    {
      env: childEnvironment({
        ...{ DATA_DIR: input.dataDir, DATABASE_URL: input.databaseUrl, LOG_LEVEL: "warn" },
        AUTH_SECRET: "a-secret-for-the-benchmark-a-secret-for-the-benchmark",
      }),
    },
  );
  const exited = once(child, "exit");
  const [said] = await Promise.race([once(child, "message"), exited]);
  await sql.end();
  if (child.exitCode !== null) throw new Error(`The server to measure ended with ${child.exitCode}.`);
  const { url } = said as { url: string };
  const stop = async () => {
    if (child.connected) child.disconnect();
    await exited;
  };
  const counted = async () => {
    const reader = postgres(input.databaseUrl, { max: 1 });
    const [row] = await reader`select coalesce(sum(bytes), 0)::float8 as n from delivered_bytes`;
    await reader.end();
    return Number(row?.n);
  };
  return { url, stop, counted };
};

const compare = async ({ url, name }: { url: string; name: "large" | "small" }) => {
  const sums = { on: 0, off: 0 };
  await load({ url: `${url}/on/${name}`, clients, seconds: secondsPerTurn });
  for (let turn = 0; turn < turns; turn += 1) {
    // Each goes first as often as the other.
    for (const meter of turn % 2 === 0 ? (["on", "off"] as const) : (["off", "on"] as const)) {
      const { requestsPerSecond } = await load({ url: `${url}/${meter}/${name}`, clients, seconds: secondsPerTurn });
      sums[meter] += requestsPerSecond / turns;
    }
  }
  return sums;
};

const row = (what: string, { on, off }: { on: number; off: number }): BenchRow => ({
  what: `delivery of ${what} with the meter, as part of delivery without it, ${clients} clients`,
  value: `${(on / off).toFixed(3)} (${Math.round(on)}/s against ${Math.round(off)}/s)`,
  bar: "at least 0.97",
  ok: on / off >= 0.97,
});

export const name = "metering";

/** Measures what the meter of delivered bytes costs: the same server, by turns with and without it. */
export const run = async (): Promise<{ rows: BenchRow[] }> => {
  const server = await startTestServer();
  const dataDir = await makeDataDir();
  const database = `kinora_bench_${process.pid}`;
  try {
    await onServer(server.adminUrl, `create database ${database} template ${server.template}`);
    const site = await startServer({ dataDir, databaseUrl: databaseUrlOf(server.adminUrl, database) });
    try {
      const large = await compare({ url: site.url, name: "large" });
      const small = await compare({ url: site.url, name: "small" });
      if ((await site.counted()) === 0) throw new Error("The meter has written nothing: it was not on.");
      return { rows: [row("4 MiB segments", large), row("16 KiB images", small)] };
    } finally {
      await site.stop();
    }
  } finally {
    await onServer(server.adminUrl, `drop database if exists ${database} with (force)`);
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
};
