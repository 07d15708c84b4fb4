import { open, stat } from "node:fs/promises";
import { basename } from "node:path";
import type { VideoDto } from "#lib/videos/dto.ts";
import type { BenchSite } from "#tests/bench/bench-site.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

const tus = { "Tus-Resumable": "1.0.0" };
const pieceBytes = 16 * 1024 * 1024;
const encoded = (text: string) => Buffer.from(text).toString("base64");

const create = async (site: BenchSite, file: string, sizeBytes: number) => {
  const metadata = `filename ${encoded(basename(file))},visibility ${encoded("unlisted")}`;
  const created = await fetch(`${site.url}/api/v1/uploads`, {
    method: "POST",
    headers: { ...tus, ...site.headers, "Upload-Length": String(sizeBytes), "Upload-Metadata": metadata },
  });
  if (created.status !== 201) throw new Error(`POST ${created.status}: ${await created.text()}`);
  const url = new URL(created.headers.get("location") ?? "", `${site.url}/api/v1/uploads`);
  return { url, videoId: created.headers.get("kinora-video-id") ?? "" };
};

const patch = async (input: { site: BenchSite; url: URL; offset: number; body: Uint8Array<ArrayBuffer> }) => {
  const { site, url, offset, body } = input;
  const answer = await fetch(url, {
    method: "PATCH",
    headers: {
      ...tus,
      ...site.headers,
      "Upload-Offset": String(offset),
      "Content-Type": "application/offset+octet-stream",
    },
    body,
  });
  if (answer.status !== 204) throw new Error(`PATCH ${answer.status}: ${await answer.text()}`);
};

/** Sends everything but the last piece of a file; `last` sends that and ends when it is answered. */
export const sendFile = async (site: BenchSite, file: string) => {
  const { size } = await stat(file);
  const { url, videoId } = await create(site, file, size);
  const handle = await open(file);
  const piece = async (offset: number) => {
    const length = Math.min(pieceBytes, size - offset);
    const body = new Uint8Array(length);
    await handle.read(body, 0, length, offset);
    await patch({ site, url, offset, body });
  };
  const lastOffset = Math.floor((size - 1) / pieceBytes) * pieceBytes;
  for (let offset = 0; offset < lastOffset; offset += pieceBytes) await piece(offset);
  const last = async () => {
    await piece(lastOffset);
    await handle.close();
  };
  return { videoId, last };
};

/** The video as its owner sees it. */
export const getVideo = async (site: BenchSite, videoId: string): Promise<VideoDto> => {
  const answer = await fetch(`${site.url}/api/v1/videos/${videoId}`, { headers: site.headers });
  if (!answer.ok) throw new Error(`GET ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as VideoDto;
};

/** Waits until the video is as wished; throws when it failed. */
export const untilVideo = async (input: { site: BenchSite; videoId: string; holds: (video: VideoDto) => boolean }) => {
  const { site, videoId, holds } = input;
  await waitFor({
    what: "the video's state",
    timeoutMs: 120_000,
    everyMs: 20,
    until: async () => {
      const video = await getVideo(site, videoId);
      if (video.status === "failed") throw new Error(`failed: ${video.failure?.code}`);
      return holds(video) ? true : null;
    },
  });
};
