import { randomUUID } from "node:crypto";
import { type ClientRequest, get, type IncomingMessage } from "node:http";
import { join } from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createFileStore } from "#lib/storage/file-store.ts";
import { type Site, startSite } from "#tests/setup/site.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

const largeBytes = 64 * 1024 * 1024;
const smallBytes = 5_000;
/** What is counted is written every ten seconds; a loaded machine may take a moment more. */
const flushMs = 20_000;

let site: Site;
let sql: ReturnType<typeof postgres>;
let videoId = "";
let address = "";

/** A public video with two files, as processing would have left it. */
const publish = async () => {
  const [userId, channelId, runId] = [randomUUID(), randomUUID(), randomUUID()];
  videoId = randomUUID();
  await sql`insert into users (id, email, username, display_name, role)
    values (${userId}, 'meter@example.org', 'meter', 'Meter', 'creator')`;
  await sql`insert into channels (id, owner_id, handle, name) values (${channelId}, ${userId}, 'meter', 'Meter')`;
  await sql`
    insert into videos (id, channel_id, creator_id, title, visibility, status, source_filename, source_size_bytes)
    values (${videoId}, ${channelId}, ${userId}, 'Metered', 'public', 'ready', 'a.mp4', 1)`;
  const store = createFileStore({ root: join(site.dataDir, "storage") });
  const prefix = `runs/${videoId}/${runId}/`;
  await store.put({ key: `${prefix}small.jpg`, body: Buffer.alloc(smallBytes, 1) });
  await store.put({ key: `${prefix}large.m4s`, body: Buffer.alloc(largeBytes, 1) });
  address = `${site.url}/media/${prefix}`;
};

beforeAll(async () => {
  site = await startSite();
  sql = postgres(site.databaseUrl, { max: 1 });
  await publish();
});
afterAll(async () => {
  await sql?.end();
  await site?.stop();
});

const countedBytes = async (): Promise<number> => {
  const [row] =
    await sql`select coalesce(sum(bytes), 0)::float8 as bytes from delivered_bytes where video_id = ${videoId}`;
  return Number(row?.bytes);
};
const take = async (): Promise<number> => {
  const response = await fetch(`${address}small.jpg`);
  expect(response.status).toBe(200);
  return (await response.arrayBuffer()).byteLength;
};

/** Waits until another web process answers. */
const untilReplaced = (oldPid: number) =>
  waitFor({
    what: "a new web process that answers",
    timeoutMs: 60_000,
    until: async () => {
      if ((await site.webPid()) === oldPid) return false;
      return fetch(`${site.url}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      );
    },
  });

/** Begins a large answer and leaves it where its first bytes have come. */
const begin = (): Promise<{ asked: ClientRequest; response: IncomingMessage }> => {
  const { promise, resolve, reject } = Promise.withResolvers<{ asked: ClientRequest; response: IncomingMessage }>();
  const asked = get(`${address}large.m4s`, (response) => {
    response.once("readable", () => resolve({ asked, response }));
  });
  asked.on("error", reject);
  return promise;
};

const sizeOf = async (response: IncomingMessage): Promise<number> => {
  let bytes = 0;
  for await (const chunk of response) bytes += (chunk as Buffer).length;
  return bytes;
};

it("a web process that is told to stop writes every byte, also of an answer that it still finishes", async () => {
  const before = await countedBytes();
  const webPid = await site.webPid();
  const small = await take();
  const { response } = await begin();
  process.kill(webPid, "SIGTERM");
  // New callers are turned away by now, the old answer goes on.
  const large = await sizeOf(response);
  expect([small, large]).toEqual([smallBytes, largeBytes]);
  await untilReplaced(webPid);
  expect(await countedBytes()).toBe(before + smallBytes + largeBytes);
});

it("one that stops while nothing is going on writes what it has counted", async () => {
  const before = await countedBytes();
  const webPid = await site.webPid();
  for (let index = 0; index < 3; index += 1) await take();
  process.kill(webPid, "SIGTERM");
  await untilReplaced(webPid);
  expect(await countedBytes()).toBe(before + 3 * smallBytes);
});

it("kill -9 loses what was delivered in the last moments, and nothing that is older than a minute", async ({
  annotate,
}) => {
  const before = await countedBytes();
  const webPid = await site.webPid();
  await take();
  const takenAt = performance.now();
  await waitFor({
    what: "the written bytes",
    timeoutMs: flushMs,
    until: async () => (await countedBytes()) === before + smallBytes,
  });
  const waitedMs = performance.now() - takenAt;
  await annotate(`written after ${(waitedMs / 1000).toFixed(1)} s`);
  expect(waitedMs).toBeLessThan(60_000);
  await take();
  process.kill(webPid, "SIGKILL");
  await untilReplaced(webPid);
  const after = await countedBytes();
  expect(after).toBeGreaterThanOrEqual(before + smallBytes);
  expect(after).toBeLessThanOrEqual(before + 2 * smallBytes);
});
