import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { launchBrowser } from "#tests/setup/browser.ts";

const types: Record<string, string> = {
  ".m3u8": "application/vnd.apple.mpegurl",
  ".m4s": "video/iso.segment",
  ".mp4": "video/mp4",
  ".js": "text/javascript",
};
const library = fileURLToPath(import.meta.resolve("hls.js/dist/hls.min.js"));
const pageText = `<!doctype html><meta charset="utf-8"><video muted></video><script src="/hls.js"></script>`;

/** What a browser made of a stream. */
export type Played = {
  /** Faults that hls.js or the media element told of. */
  faults: readonly string[];
  width: number;
  height: number;
  duration: number;
  /** Furthest place reached from the start on, before the seek to the end. */
  reached: number;
  /** Whether the end was reached after that. */
  ended: boolean;
};

/** A real browser that plays runs with hls.js. */
export type Stage = { play: (input: { runDir: string }) => Promise<Played>; close: () => Promise<void> };

const serveFolders = async (folders: ReadonlyMap<string, string>) => {
  const server = createServer(async (request, response) => {
    const [, id = "", ...rest] = normalize(decodeURIComponent(request.url ?? "/")).split("/");
    const folder = folders.get(id);
    try {
      if (id === "" || id === "favicon.ico") return response.setHeader("content-type", "text/html").end(pageText);
      const path = id === "hls.js" ? library : join(folder ?? "", ...rest);
      if (id !== "hls.js" && folder === undefined) return response.writeHead(404).end();
      const body = await readFile(path);
      return response.writeHead(200, { "content-type": types[extname(path)] ?? "application/octet-stream" }).end(body);
    } catch {
      // The browser then tells of a missing file, which fails the case.
      return response.writeHead(404).end();
    }
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error("no port");
  return { server, origin: `http://127.0.0.1:${bound.port}` };
};

/** Runs in the page: plays from the start, then the end. */
const playInPage = async (url: string): Promise<Played> => {
  type Player = {
    on: (
      event: string,
      listener: (event: string, data: { details: string; reason?: string; fatal: boolean }) => void,
    ) => void;
    loadSource: (url: string) => void;
    attachMedia: (video: HTMLVideoElement) => void;
    destroy: () => void;
  };
  const Hls = Reflect.get(window, "Hls") as new () => Player;
  const video = document.querySelector("video");
  if (video === null) throw new Error("no video element");
  const hls = new Hls();
  const faults: string[] = [];
  hls.on("hlsError", (_event, { details, reason, fatal }) => {
    // A busy machine lets the buffer run dry; that is no fault of the stream.
    if (fatal || !/bufferStalledError|bufferNudgeOnStall/.test(details)) faults.push(`${details} ${reason ?? ""}`);
  });
  const reach = async (met: () => boolean, milliseconds: number) => {
    const deadline = performance.now() + milliseconds;
    while (!met() && performance.now() < deadline && video.error === null && faults.length === 0) {
      await new Promise((done) => setTimeout(done, 20));
    }
  };
  hls.loadSource(url);
  hls.attachMedia(video);
  await reach(() => video.readyState >= 3, 20_000);
  const start = video.currentTime;
  video.play().catch((error: unknown) => faults.push(`play: ${String(error)}`));
  const wanted = Math.min(0.5, video.duration / 2);
  await reach(() => video.currentTime >= start + wanted || video.ended, 20_000);
  const reached = video.currentTime;
  if (!video.ended) {
    video.currentTime = Math.max(reached, video.duration - 0.6);
    await reach(() => video.ended, 20_000);
  }
  const { videoWidth: width, videoHeight: height, duration, ended } = video;
  if (video.error !== null) faults.push(`media: ${video.error.message}`);
  hls.destroy();
  return { faults, width, height, duration, reached, ended };
};

/** Opens the browser once for all; `close` ends it. */
export const openStage = async (): Promise<Stage> => {
  const folders = new Map<string, string>();
  const { server, origin } = await serveFolders(folders);
  const browser: Browser = await launchBrowser();
  return {
    play: async ({ runDir }) => {
      const id = `run-${folders.size}`;
      folders.set(id, runDir);
      const page = await browser.newPage();
      try {
        await page.goto(origin);
        return await page.evaluate(playInPage, `${origin}/${id}/index.m3u8`);
      } finally {
        await page.close();
      }
    },
    close: async () => {
      await browser.close();
      await new Promise((done) => server.close(done));
    },
  };
};
