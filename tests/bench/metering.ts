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
/**
 * Many short turns, so that whatever else the machine does falls on both sides alike, each long enough for some answers
 * of every client; the meter is flushed several times.
 */
const sizes = {
  large: { bytes: 4 * 1024 * 1024, turns: 70, seconds: 0.5 },
  small: { bytes: 16 * 1024, turns: 140, seconds: 0.2 },
} as const;
type Size = keyof typeof sizes;

type Place = { dataDir: string; databaseUrl: string };

/** A video with an owner who pays for it, and the files that are delivered as its. */
const prepare = async ({
  dataDir,
  databaseUrl,
}: Place): Promise<[prefix: string, videoId: string, ownerId: string]> => {
  const [videoId, ownerId, channelId] = [randomUUID(), randomUUID(), randomUUID()];
  const prefix = `runs/${videoId}/${randomUUID()}/`;
  const sql = postgres(databaseUrl, { max: 1 });
  await sql`insert into users (id, email, username, display_name, role)
    values (${ownerId}, 'bench@example.org', 'bench', 'Bench', 'creator')`;
  await sql`insert into channels (id, owner_id, handle, name) values (${channelId}, ${ownerId}, 'bench', 'Bench')`;
  await sql`
    insert into videos (id, channel_id, creator_id, title, visibility, status, source_filename, source_size_bytes)
    values (${videoId}, ${channelId}, ${ownerId}, 'Bench', 'public', 'ready', 'bench.mp4', 1)`;
  await sql.end();
  const store = createFileStore({ root: join(dataDir, "storage") });
  for (const [name, { bytes }] of Object.entries(sizes)) {
    await store.put({ key: `${prefix}${name}`, body: Buffer.alloc(bytes, 1) });
  }
  return [prefix, videoId, ownerId];
};

const startServer = async (place: Place) => {
  const child = fork(fileURLToPath(new URL("../setup/metered-file-server.ts", import.meta.url)), await prepare(place), {
    env: childEnvironment({
      ...{ DATA_DIR: place.dataDir, DATABASE_URL: place.databaseUrl, LOG_LEVEL: "warn" },
      AUTH_SECRET: "a-secret-for-the-benchmark-a-secret-for-the-benchmark",
    }),
  });
  const exited = once(child, "exit");
  const [said] = await Promise.race([once(child, "message"), exited]);
  if (child.exitCode !== null) throw new Error(`The server to measure ended with ${child.exitCode}.`);
  const { url } = said as { url: string };
  const processorMicros = async () => {
    const answer = once(child, "message");
    child.send("processor time");
    const [{ processorMicros: micros }] = (await answer) as [{ processorMicros: number }];
    return micros;
  };
  const stop = async () => {
    if (child.connected) child.disconnect();
    await exited;
  };
  const counted = async () => {
    const reader = postgres(place.databaseUrl, { max: 1 });
    const [row] = await reader`select coalesce(sum(bytes), 0)::float8 as n from delivered_bytes`;
    await reader.end();
    return Number(row?.n);
  };
  return { url, stop, counted, processorMicros };
};

type Side = { perSecond: number; micros: number };
type Site = Awaited<ReturnType<typeof startServer>>;

const turnOf = async ({ site, meter, size }: { site: Site; meter: "on" | "off"; size: Size }): Promise<Side> => {
  const [url, { seconds }] = [`${site.url}/${meter}/${size}`, sizes[size]];
  const before = await site.processorMicros();
  const { requestsPerSecond, requests } = await load({ urls: [url], clients, seconds });
  return { perSecond: requestsPerSecond, micros: ((await site.processorMicros()) - before) / requests };
};

const compare = async (site: Site, size: Size) => {
  const pairs: { on: Side; off: Side }[] = [];
  await turnOf({ site, meter: "on", size });
  for (let turn = 0; turn < sizes[size].turns; turn += 1) {
    // Each goes first as often as the other.
    const first = turn % 2 === 0 ? "on" : "off";
    const one = await turnOf({ site, meter: first, size });
    const other = await turnOf({ site, meter: first === "on" ? "off" : "on", size });
    pairs.push(first === "on" ? { on: one, off: other } : { on: other, off: one });
  }
  return {
    on: median(pairs.map(({ on }) => on.perSecond)),
    off: median(pairs.map(({ off }) => off.perSecond)),
    // Of neighbours in time: what else the machine did weighs on both, and a pair of which it hit one half is left out.
    ratio: median(pairs.map(({ on, off }) => on.perSecond / off.perSecond)),
    processor: median(pairs.map(({ on, off }) => off.micros / on.micros)),
  };
};
type Compared = Awaited<ReturnType<typeof compare>>;

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((one, other) => one - other);
  const [low = 0, high = 0] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return (low + high) / 2;
};

const rowsOf = (what: string, { on, off, ratio, processor }: Compared): BenchRow[] => [
  {
    what: `delivery of ${what} with the meter, as part of delivery without it, ${clients} clients`,
    value: `${ratio.toFixed(3)} (${Math.round(on)}/s against ${Math.round(off)}/s)`,
    bar: "at least 0.97",
    ok: ratio >= 0.97,
  },
  {
    what: `processor time of an answer of ${what} without the meter, as part of that with it`,
    value: processor.toFixed(3),
    bar: "at least 0.97",
    ok: processor >= 0.97,
  },
];

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
      const large = await compare(site, "large");
      const small = await compare(site, "small");
      if ((await site.counted()) === 0) throw new Error("The meter has written nothing: it was not on.");
      return { rows: [...rowsOf("4 MiB segments", large), ...rowsOf("16 KiB images", small)] };
    } finally {
      await site.stop();
    }
  } finally {
    await onServer(server.adminUrl, `drop database if exists ${database} with (force)`);
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
};
