import { fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { createFileStore } from "#lib/storage/file-store.ts";
import { withBenchSite } from "#tests/bench/bench-site.ts";
import { load } from "#tests/bench/load.ts";
import type { BenchRow } from "#tests/bench/uploads.ts";
import { databaseUrlOf, onServer, startTestServer } from "#tests/setup/test-server.ts";

const segmentBytes = 4 * 1024 * 1024;
const smallBytes = 16 * 1024;
const clients = 8;
const seconds = 4;

const startBare = async () => {
  const folder = await mkdtemp(join(tmpdir(), "kinora-bare-files-"));
  await writeFile(join(folder, "large"), Buffer.alloc(segmentBytes, 1));
  await writeFile(join(folder, "small"), Buffer.alloc(smallBytes, 1));
  const child = fork(fileURLToPath(new URL("../setup/bare-file-server.ts", import.meta.url)), [folder]);
  const [message] = (await once(child, "message")) as [{ port: number }];
  return {
    url: `http://127.0.0.1:${message.port}`,
    stop: async () => {
      const exited = once(child, "exit");
      child.disconnect();
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** Publishes a video without processing: the files under its run are all that delivery looks at. */
const publish = async (site: { dataDir: string; databaseUrl: string }): Promise<string> => {
  const sql = postgres(site.databaseUrl, { max: 1 });
  const videoId = randomUUID();
  try {
    const [channel] = await sql<{ id: string; owner_id: string }[]>`select id, owner_id from channels limit 1`;
    if (channel === undefined) throw new Error("The bench account has no channel.");
    await sql`
      insert into videos (id, channel_id, creator_id, title, visibility, status, source_filename, source_size_bytes)
      values (${videoId}, ${channel.id}, ${channel.owner_id}, 'Bench', 'public', 'ready', 'bench.mp4', 1)`;
  } finally {
    await sql.end();
  }
  const prefix = `runs/${videoId}/${randomUUID()}/`;
  const store = createFileStore({ root: join(site.dataDir, "storage") });
  await store.put({ key: `${prefix}large.m4s`, body: Buffer.alloc(segmentBytes, 1) });
  await store.put({ key: `${prefix}small.jpg`, body: Buffer.alloc(smallBytes, 1) });
  return prefix;
};

const rate = (value: number) => Math.round(value).toString();

export const name = "delivery";

const measure = async ({ siteUrl, bareUrl }: { siteUrl: string; bareUrl: string }): Promise<BenchRow[]> => {
  const ask = (url: string) => load({ urls: [url], clients, seconds });
  await ask(`${siteUrl}large.m4s`);
  const large = await ask(`${siteUrl}large.m4s`);
  const bareLarge = await ask(`${bareUrl}/large`);
  const small = await ask(`${siteUrl}small.jpg`);
  const bareSmall = await ask(`${bareUrl}/small`);
  const bytes = large.bytesPerSecond / bareLarge.bytesPerSecond;
  const requests = small.requestsPerSecond / bareSmall.requestsPerSecond;
  const megabytes = (value: number) => rate(value / 1e6);
  return [
    {
      what: "delivery of 4 MiB segments, as part of a bare Node server, 8 clients",
      value: `${bytes.toFixed(2)} (${megabytes(large.bytesPerSecond)} MB/s against ${megabytes(bareLarge.bytesPerSecond)} MB/s)`,
      bar: "at least 0.40",
      ok: bytes >= 0.4,
    },
    {
      what: "delivery of 16 KiB images, as part of a bare Node server, 8 clients",
      value: `${requests.toFixed(2)} (${rate(small.requestsPerSecond)}/s against ${rate(bareSmall.requestsPerSecond)}/s)`,
      bar: "at least 0.10",
      ok: requests >= 0.1,
    },
  ];
};

/** Measures delivery through the site beside a bare Node server that pipes the same files. The generator shares the machine. */
export const run = async (): Promise<{ rows: BenchRow[] }> => {
  const server = await startTestServer();
  const bare = await startBare();
  try {
    const database = `kinora_bench_${process.pid}`;
    await onServer(server.adminUrl, `create database ${database} template ${server.template}`);
    const databaseUrl = databaseUrlOf(server.adminUrl, database);
    const rows = await withBenchSite(
      async ({ url, dataDir }) => {
        const prefix = await publish({ dataDir, databaseUrl });
        return measure({ siteUrl: `${url}/media/${prefix}`, bareUrl: bare.url });
      },
      { databaseUrl },
    );
    await onServer(server.adminUrl, `drop database if exists ${database} with (force)`);
    return { rows };
  } finally {
    await bare.stop();
    await server.stop();
  }
};
