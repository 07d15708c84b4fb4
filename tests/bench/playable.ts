import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import type { VideoDto } from "#lib/videos/dto.ts";
import { type BenchSite, withBenchSite } from "#tests/bench/bench-site.ts";
import { type ClipKind, clipKinds, makeLong, makeMinute } from "#tests/bench/long-clips.ts";
import { sendFile, untilVideo } from "#tests/bench/site-video.ts";
import { launchBrowser } from "#tests/setup/browser.ts";

type Row = { what: string; value: string; bar: string; ok: boolean };
type Measured = { playable: number; frame: number | null; h264: number | null };

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

/** Has the disk take the clip now: real ones come from another machine, and its writing would fall into the measurement. */
const writeOut = async (file: string): Promise<void> => {
  const handle = await open(file, "r+");
  await handle.sync();
  await handle.close();
};

const quietMs = 500;

/** Opens a page that is waited at: what it loads ahead of a visitor's next steps has come before the clock starts. */
const openEarly = async (page: Page, url: string): Promise<void> => {
  const { promise, resolve } = Promise.withResolvers<void>();
  let timer = setTimeout(resolve, quietMs);
  const again = () => {
    clearTimeout(timer);
    timer = setTimeout(resolve, quietMs);
  };
  page.on("request", again);
  await page.goto(url);
  again();
  await promise;
  page.off("request", again);
};

const measure = async (input: { site: BenchSite; page: Page; file: string; h264: boolean }): Promise<Measured> => {
  const { site, page, file } = input;
  await writeOut(file);
  const { videoId, last } = await sendFile(site, file);
  await openEarly(page, `${site.url}/watch/${videoId}`);
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
