import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addCaption } from "#lib/captions/add-caption.ts";
import { newId } from "#lib/ids.ts";
import { objectStore } from "#lib/storage/index.ts";
import { multivariantKey, runPrefix } from "#lib/storage/keys.ts";
import { makePerson } from "#tests/factories/people.ts";
import { makeVideo } from "#tests/factories/rows.ts";
import { lavfi, runTool } from "#tests/media/run-tool.ts";
import { launchBrowser } from "#tests/setup/browser.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { serveRoutes } from "#tests/setup/serve-routes.ts";
import * as mediaRoute from "../../../app/media/[...key]/route.ts";

testDatabase();

let browser: Browser;
let folder: string;
let server: { url: string; stop: () => Promise<void> };

const page = `<!doctype html><video muted crossorigin></video><script src="/hls.js"></script>`;
const answer = (body: string, type: string) =>
  Object.fromEntries([["GET", () => Promise.resolve(new Response(body, { headers: { "content-type": type } }))]]);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kinora-captions-"));
  const library = dirname(createRequire(import.meta.url).resolve("hls.js"));
  const script = await readFile(join(library, "hls.min.js"), "utf8");
  server = await serveRoutes([
    { path: /^\/media\//, module: mediaRoute },
    { path: /^\/hls\.js$/, module: answer(script, "text/javascript") },
    { path: /^\/$/, module: answer(page, "text/html") },
  ]);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await rm(folder, { recursive: true });
});

/** Stores a finished run of six seconds with one rung, as ffmpeg packages it. */
const storeRun = async (run: { videoId: string; runId: string }) => {
  await runTool("ffmpeg", [
    ...lavfi("testsrc2=s=320x180:r=25:d=6"),
    ...["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-profile:v", "baseline", "-g", "50"],
    ...["-f", "hls", "-hls_time", "2", "-hls_playlist_type", "vod", "-hls_segment_type", "fmp4"],
    ...[
      "-hls_fmp4_init_filename",
      "init.mp4",
      "-hls_segment_filename",
      join(folder, "%05d.m4s"),
      join(folder, "index.m3u8"),
    ],
  ]);
  for (const name of await readdir(folder)) {
    await objectStore().put({ key: `${runPrefix(run)}360p/${name}`, body: await readFile(join(folder, name)) });
  }
  const playlist = `#EXTM3U
#EXT-X-VERSION:7
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-STREAM-INF:BANDWIDTH=800000,CODECS="avc1.42c00d",RESOLUTION=320x180
360p/index.m3u8
`;
  await objectStore().put({ key: multivariantKey(run), body: Buffer.from(playlist) });
};

type Window = { Hls: new () => HlsPlayer };
type HlsPlayer = {
  loadSource: (url: string) => void;
  attachMedia: (video: HTMLVideoElement) => void;
  on: (event: string, listener: (name: string, data: { fatal?: boolean; details?: string }) => void) => void;
  subtitleTracks: readonly { name: string; lang?: string }[];
  subtitleTrack: number;
};

test("hls.js finds the captions and Chromium shows their words at their time", async () => {
  const owner = await makePerson();
  const run = { videoId: newId(), runId: newId() };
  await makeVideo({
    ...{ id: run.videoId, creatorId: owner.account.id, channelId: owner.channelId, currentRunId: run.runId },
    ...{ status: "ready", visibility: "public", publishedAt: new Date(), durationMs: 6_000 },
  });
  await storeRun(run);
  const srt =
    "1\n00:00:01,000 --> 00:00:03,000\nПривіт, <b>світе</b> & всі\n\n2\n00:00:04,000 --> 00:00:05,000\nДалі\n";
  const facts = { language: "uk", label: "", kind: "subtitles", isDefault: false } as const;
  await addCaption({ viewer: owner.account, videoId: run.videoId, bytes: Buffer.from(srt), facts });

  const tab = await browser.newPage();
  await tab.goto(`${server.url}/`);
  const shown = await tab.evaluate(
    async (url) => {
      const { Hls } = window as unknown as Window;
      const video = document.querySelector("video");
      if (video === null) throw new Error("no video");
      const hls = new Hls();
      const faults: string[] = [];
      hls.on("hlsError", (_name, data) => faults.push(`${data.details}`));
      hls.loadSource(url);
      hls.attachMedia(video);
      const until = async <T>(look: () => T | null | undefined): Promise<T> => {
        for (const end = performance.now() + 30_000; performance.now() < end; ) {
          const found = look();
          if (found !== null && found !== undefined) return found;
          await new Promise(requestAnimationFrame);
        }
        throw new Error(`waited in vain; faults: ${faults.join()}`);
      };
      const tracks = await until(() => (hls.subtitleTracks.length > 0 ? hls.subtitleTracks : null));
      hls.subtitleTrack = 0;
      const track = await until(() => [...video.textTracks].find(({ cues }) => (cues?.length ?? 0) === 2));
      track.mode = "showing";
      const cues = [...(track.cues ?? [])].map((cue) => [cue.startTime, cue.endTime, (cue as VTTCue).text]);
      video.currentTime = 2;
      const active = await until(() => [...(track.activeCues ?? [])].map((cue) => (cue as VTTCue).text)[0]);
      return { tracks: tracks.map(({ name, lang }) => [name, lang]), cues, active, faults };
    },
    `/media/${multivariantKey(run)}`,
  );
  expect(shown).toEqual({
    tracks: [["Українська", "uk"]],
    cues: [
      [1, 3, "Привіт, <b>світе</b> &amp; всі"],
      [4, 5, "Далі"],
    ],
    active: "Привіт, <b>світе</b> &amp; всі",
    faults: [],
  });
});
