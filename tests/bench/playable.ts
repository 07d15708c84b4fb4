import { mkdtemp, open, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { Page } from "playwright-core";
import type { VideoDto } from "#lib/videos/dto.ts";
import { type BenchSite, withBenchSite } from "#tests/bench/bench-site.ts";
import { type ClipKind, clipKinds, makeLong, makeMinute } from "#tests/bench/long-clips.ts";
import { launchBrowser } from "#tests/setup/browser.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

type Row = { what: string; value: string; bar: string; ok: boolean };
type Measured = { playable: number; frame: number | null; h264: number | null };

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

/** Sends everything but the last piece; `last` sends that and ends when it is answered. */
const sendFile = async (site: BenchSite, file: string) => {
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

const getVideo = async (site: BenchSite, videoId: string): Promise<VideoDto> => {
  const answer = await fetch(`${site.url}/api/v1/videos/${videoId}`, { headers: site.headers });
  if (!answer.ok) throw new Error(`GET ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as VideoDto;
};

const untilVideo = async (input: { site: BenchSite; videoId: string; holds: (video: VideoDto) => boolean }) => {
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

const secondsSince = (started: number) => (performance.now() - started) / 1000;

/** Resolves when the open watch page shows a frame of the video. */
const firstFrame = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<void>((done) => {
        const look = () => {
          const video = document.querySelector("video");
          if (video === null) return requestAnimationFrame(look);
          video.muted = true;
          if (video.readyState >= 2) return done();
          requestAnimationFrame(look);
        };
        look();
      }),
  );

const hasH264 = ({ renditions }: VideoDto) =>
  renditions.some(({ codecs, name }) => codecs.startsWith("avc1") && name !== "source");

const measure = async (input: { site: BenchSite; page: Page; file: string; h264: boolean }): Promise<Measured> => {
  const { site, page, file } = input;
  const { videoId, last } = await sendFile(site, file);
  await page.goto(`${site.url}/watch/${videoId}`);
  await last();
  const started = performance.now();
  const frame = firstFrame(page).then(() => secondsSince(started));
  await untilVideo({ site, videoId, holds: ({ playable }) => playable });
  const playable = secondsSince(started);
  const shown = await frame;
  let h264: number | null = null;
  if (input.h264) {
    await untilVideo({ site, videoId, holds: hasH264 });
    h264 = secondsSince(started);
  }
  // The next one shall find an idle machine: deleting ends the work.
  await fetch(`${site.url}/api/v1/videos/${videoId}`, { method: "DELETE", headers: site.headers });
  await page.goto("about:blank");
  return { playable, frame: shown, h264 };
};

const rowsOf = (input: { label: string; measured: Measured; bar: number }): Row[] => {
  const { label, measured, bar } = input;
  const { playable, frame, h264 } = measured;
  return [
    {
      what: `${label}: last byte to playable`,
      value: `${playable.toFixed(2)} s`,
      bar: `<= ${bar} s`,
      ok: playable <= bar,
    },
    {
      what: `${label}: a frame in the open page`,
      value: `${frame?.toFixed(2)} s`,
      bar: `<= ${(playable + 1).toFixed(2)} s`,
      ok: frame !== null && frame <= playable + 1,
    },
    ...(h264 === null
      ? []
      : [{ what: `${label}: first H.264 rung`, value: `${h264.toFixed(2)} s`, bar: "<= 6 s", ok: h264 <= 6 }]),
  ];
};

const cases: readonly { kind: ClipKind; minutes: readonly number[]; bar: number; h264: boolean }[] = [
  { kind: clipKinds.h264, minutes: [1, 20, 120], bar: 1, h264: false },
  { kind: clipKinds.mkv, minutes: [1, 20, 120], bar: 1, h264: false },
  { kind: clipKinds.vp9, minutes: [1, 20], bar: 1, h264: true },
  { kind: clipKinds.asp, minutes: [1, 20], bar: 6, h264: false },
  { kind: clipKinds.hevc10, minutes: [1, 20], bar: 6, h264: false },
];

/** A long one may not take noticeably longer than a short one; below 0.6 s nobody notices. */
const growthRow = (label: string, figures: readonly { minutes: number; playable: number }[], floor: number): Row[] => {
  const short = figures[0];
  const long = figures.at(-1);
  if (short === undefined || long === undefined || short === long) return [];
  const limit = 1.5 * Math.max(short.playable, floor);
  const value = `${long.playable.toFixed(2)} s against ${short.playable.toFixed(2)} s`;
  return [
    {
      what: `${label}: ${long.minutes} min against 1 min`,
      value,
      bar: `<= ${limit.toFixed(2)} s`,
      ok: long.playable <= limit,
    },
  ];
};

const measureCase = async (input: { site: BenchSite; page: Page; folder: string; entry: (typeof cases)[number] }) => {
  const { site, page, folder, entry } = input;
  const { kind, bar, h264 } = entry;
  const minute = await makeMinute({ kind, folder });
  const rows: Row[] = [];
  const figures: { minutes: number; playable: number }[] = [];
  for (const minutes of entry.minutes) {
    const file = minutes === 1 ? minute : await makeLong({ kind, minute, minutes, folder });
    const measured = await measure({ site, page, file, h264 });
    figures.push({ minutes, playable: measured.playable });
    rows.push(...rowsOf({ label: `${kind.name}, 1080p, ${minutes} min`, measured, bar }));
    if (minutes !== 1) await rm(file);
  }
  await rm(minute);
  return [...rows, ...growthRow(kind.name, figures, bar === 1 ? 0.6 : 0)];
};

/** From the last byte to a playing video, for every kind and length that has a bar. */
export const run = async (): Promise<{ rows: Row[] }> => {
  const folder = await mkdtemp(join(tmpdir(), "kinora-playable-"));
  const browser = await launchBrowser();
  try {
    return await withBenchSite(async (site) => {
      const page = await browser.newPage();
      const rows: Row[] = [];
      for (const entry of cases) rows.push(...(await measureCase({ site, page, folder, entry })));
      return { rows };
    });
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
};

/** Name of this benchmark, as the runner lists it. */
export const name = "playable";
