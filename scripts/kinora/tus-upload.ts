import { createHash } from "node:crypto";
import { mkdir, open, readFile, stat, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { LaunchError } from "#scripts/start/launch-error.ts";
import { projectRoot } from "#scripts/start/project.ts";

/** A file to send and where to. `token` gives the bearer token of the moment, because one lives only minutes. */
export type TusUpload = {
  siteUrl: string;
  token: () => Promise<string>;
  path: string;
  title?: string;
  visibility: "private" | "unlisted" | "public";
  onProgress: (progress: { sentBytes: number; sizeBytes: number }) => void;
};

const chunkBytes = 8 * 1024 * 1024;
const retryDelaysMs = [500, 1_000, 2_000, 4_000, 8_000, 16_000];
const memoryFile = join(projectRoot, ".cache", "uploads.json");
const memorySchema = z.record(z.string(), z.string());

const readMemory = async () => {
  const text = await readFile(memoryFile, "utf8").catch(() => "{}");
  const parsed = memorySchema.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : {};
};

const remember = async (fingerprint: string, url: string | null) => {
  const memory = await readMemory();
  if (url === null) delete memory[fingerprint];
  else memory[fingerprint] = url;
  await mkdir(dirname(memoryFile), { recursive: true });
  await writeFile(memoryFile, JSON.stringify(memory, null, 2));
};

const base64 = (text: string) => Buffer.from(text, "utf8").toString("base64");

/** `Upload-Metadata` (tus 1.0.0, creation): comma-separated keys with base64 values. */
export const uploadMetadata = (values: Record<string, string>): string =>
  Object.entries(values)
    .map(([key, value]) => `${key} ${base64(value)}`)
    .join(",");

const errorSchema = z.object({ error: z.object({ message: z.string(), hint: z.string().optional() }) });

const refusal = async (response: Response, what: string) => {
  const parsed = errorSchema.safeParse(await response.json().catch(() => null));
  const told = parsed.success ? [parsed.data.error.message, parsed.data.error.hint].filter(Boolean).join(" ") : "";
  return new LaunchError(`${what} was refused (${response.status}). ${told}`.trim());
};

const request = async ({ token }: TusUpload, url: string, init: RequestInit & { headers?: Record<string, string> }) =>
  fetch(url, {
    ...init,
    headers: { "Tus-Resumable": "1.0.0", Authorization: `Bearer ${await token()}`, ...init.headers },
  });

const create = async (upload: TusUpload, sizeBytes: number) => {
  const filename = basename(upload.path);
  const title = upload.title ?? basename(filename, extname(filename));
  const response = await request(upload, `${upload.siteUrl}/api/v1/uploads`, {
    method: "POST",
    headers: {
      "Upload-Length": String(sizeBytes),
      "Upload-Metadata": uploadMetadata({ filename, title, visibility: upload.visibility }),
    },
  });
  const location = response.headers.get("location");
  if (response.status !== 201 || location === null) throw await refusal(response, `The upload of ${filename}`);
  return new URL(location, upload.siteUrl).href;
};

/** How much the server has, or null when it knows the upload no more. */
const offsetOf = async (upload: TusUpload, url: string) => {
  const response = await request(upload, url, { method: "HEAD" });
  if (response.status === 404 || response.status === 410) return null;
  const offset = response.headers.get("upload-offset");
  if (!response.ok || offset === null) throw new Error(`HEAD answered ${response.status}.`);
  return Number(offset);
};

const sendFrom = async (
  upload: TusUpload,
  { url, from, sizeBytes }: { url: string; from: number; sizeBytes: number },
) => {
  const file = await open(upload.path, "r");
  try {
    for (let offset = from; offset < sizeBytes; ) {
      const body = Buffer.alloc(Math.min(chunkBytes, sizeBytes - offset));
      await file.read(body, 0, body.length, offset);
      const response = await request(upload, url, {
        method: "PATCH",
        headers: { "Upload-Offset": String(offset), "Content-Type": "application/offset+octet-stream" },
        body,
      });
      if (response.status === 413 || response.status === 507) throw await refusal(response, "The upload");
      if (response.status !== 204) throw new Error(`PATCH answered ${response.status}.`);
      offset = Number(response.headers.get("upload-offset"));
      upload.onProgress({ sentBytes: offset, sizeBytes });
    }
  } finally {
    await file.close();
  }
};

const openUpload = async (
  upload: TusUpload,
  { fingerprint, sizeBytes }: { fingerprint: string; sizeBytes: number },
) => {
  const known = (await readMemory())[fingerprint];
  const offset = known === undefined ? null : await offsetOf(upload, known);
  if (known !== undefined && offset !== null) return { url: known, from: offset, sizeBytes };
  const url = await create(upload, sizeBytes);
  await remember(fingerprint, url);
  return { url, from: 0, sizeBytes };
};

/**
 * Sends a file by tus 1.0.0 in chunks of 8 MiB. Goes on where an earlier try of the same file stopped, also in an earlier
 * process, and tries again after faults of the network. Throws `LaunchError` for what the site refuses.
 */
export const tusUpload = async (upload: TusUpload): Promise<void> => {
  const { size: sizeBytes, mtimeMs } = await stat(upload.path).catch((cause: unknown) => {
    throw new LaunchError(`${upload.path} cannot be read.`, { cause });
  });
  const fingerprint = createHash("sha256")
    .update(`${upload.siteUrl} ${upload.path} ${sizeBytes} ${mtimeMs}`)
    .digest("hex");
  for (let attempt = 0; ; attempt += 1) {
    try {
      await sendFrom(upload, await openUpload(upload, { fingerprint, sizeBytes }));
      await remember(fingerprint, null);
      return;
    } catch (error) {
      const delayMs = retryDelaysMs[attempt];
      if (error instanceof LaunchError || delayMs === undefined) throw error;
      await sleep(delayMs);
    }
  }
};
