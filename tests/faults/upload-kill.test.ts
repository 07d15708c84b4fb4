import { createHash, randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import postgres from "postgres";
import { Upload } from "tus-js-client";
import { afterAll, beforeAll, expect, it } from "vitest";
import { originalKey } from "#lib/storage/keys.ts";
import { type Site, startSite } from "#tests/setup/site.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

const mebibyte = 1024 * 1024;
const fileBytes = 300 * mebibyte;

let site: Site;
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kinora-upload-kill-"));
  site = await startSite();
  return () => site.stop();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A file without holes or repetition, so that every lost or doubled stretch changes its hash. */
const randomFile = async (path: string): Promise<string> => {
  const hash = createHash("sha256");
  const handle = await open(path, "w");
  for (let written = 0; written < fileBytes; written += mebibyte) {
    const block = randomBytes(mebibyte);
    hash.update(block);
    await handle.writeFile(block);
  }
  await handle.close();
  return hash.digest("hex");
};

const sha256Of = async (path: string): Promise<string> => {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash, { end: false });
  return hash.digest("hex");
};

const post = async (path: string, body: object): Promise<Record<string, string>> => {
  const response = await fetch(`${site.url}${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(response.ok, await response.clone().text()).toBe(true);
  return (await response.json()) as Record<string, string>;
};

const signIn = async (): Promise<string> => {
  const account = { email: "kill@example.org", password: "a long enough pass phrase" };
  await post("/api/v1/auth/signup", { ...account, username: "killer" });
  return (await post("/api/v1/auth/token", account)).accessToken ?? "";
};

it("an upload survives kill -9 of the web process at one third and at two thirds", async () => {
  const path = join(folder, "source.bin");
  const sha256 = await randomFile(path);
  const token = await signIn();
  const done = Promise.withResolvers<void>();
  const killAt = [fileBytes / 3, (fileBytes * 2) / 3];
  const killed: number[] = [];
  const killOnce = async (sent: number): Promise<void> => {
    const next = killAt[0];
    if (next === undefined || sent < next) return;
    killAt.shift();
    const pid = await site.webPid();
    killed.push(pid);
    process.kill(pid, "SIGKILL");
  };
  const upload = new Upload(createReadStream(path), {
    endpoint: `${site.url}/api/v1/uploads`,
    uploadSize: fileBytes,
    headers: { Authorization: `Bearer ${token}` },
    chunkSize: 16 * mebibyte,
    retryDelays: Array.from({ length: 60 }, () => 500),
    metadata: { filename: "source.bin" },
    onProgress: (sent) => {
      killOnce(sent).catch(done.reject);
    },
    onSuccess: () => done.resolve(),
    onError: (error) => done.reject(error),
  });
  upload.start();
  await done.promise;

  expect(killed).toHaveLength(2);
  expect(new Set(killed).size).toBe(2);
  const uploadId = upload.url?.split("/").at(-1) ?? "";
  const sql = postgres(site.databaseUrl, { max: 1 });
  try {
    const stored = await waitFor({
      what: "the stored original with its hash",
      timeoutMs: 60_000,
      until: async () => {
        const [row] = await sql`select video_id, state, sha256 from uploads where id = ${uploadId}`;
        return row?.state === "stored" && row.sha256 !== null ? row : null;
      },
    });
    const videoId = String(stored.video_id);
    expect(await sha256Of(join(site.dataDir, "storage", originalKey({ videoId, uploadId })))).toBe(sha256);
    expect(stored.sha256).toBe(sha256);
    expect(await sql`select id from runs where video_id = ${videoId}`).toHaveLength(1);
  } finally {
    await sql.end();
  }
});
