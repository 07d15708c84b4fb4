import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { VideoDto } from "#lib/videos/dto.ts";
import { beepsOf, clockDrift, flashesOf, makeFlashClip, playStretch, watchFlashes } from "#tests/e2e/flash-watch.ts";
import { chooseFile, signUp } from "#tests/e2e/person.ts";
import { launchBrowser } from "#tests/setup/browser.ts";
import { type Site, startSite } from "#tests/setup/site.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

/** Sixty-four seconds are a chunk, and a rest of less than half joins the last one. */
const seconds = 104;
/** Ends of chunks: of the first preview chunks, of the usual ones, and of the video. */
const stretches = [
  { from: 0, to: 3.5 },
  { from: 5.5, to: 10.5 },
  { from: 61.5, to: 66.5 },
  { from: 98.5, to: 102.5 },
];

/** Far behind what is measured before it, so that nothing of that is loaded in a rung that was not chosen. */
const playedFrom = 76;

let site: Site;
let browser: Browser;
let context: BrowserContext;

beforeAll(async () => {
  site = await startSite({ env: { WORKER_CONCURRENCY: "2" } });
  browser = await launchBrowser();
  // The page's own rules allow no script from elsewhere, such as the one that listens here.
  context = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 800 }, bypassCSP: true });
  await signUp({ page: await context.newPage(), site, name: "sofia" });
});

afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

const fetchDto = (page: Page, videoId: string): Promise<VideoDto> =>
  page.evaluate(async (id) => (await fetch(`/api/v1/videos/${id}`)).json(), videoId);

/** Uploads a clip and waits for the end of its run. */
const processed = async (file: string): Promise<VideoDto> => {
  const page = await context.newPage();
  const row = await chooseFile({ page, site, file });
  const videoId = await waitFor({
    what: "an uploaded video",
    timeoutMs: 60_000,
    until: () => row.getAttribute("data-video-id"),
  });
  const dto = await waitFor({
    what: "a finished run",
    timeoutMs: 300_000,
    until: async () => {
      const now = await fetchDto(page, videoId);
      return now.status === "ready" ? now : null;
    },
  });
  await page.close();
  return dto;
};

type Rung = { name: string; height: number; quality: string };

/** Opens a page that plays one rung from far behind the measured stretches on, so that they are loaded in no other. */
const openRung = async (video: VideoDto, rung: Rung) => {
  const page = await context.newPage();
  await page.goto(`${site.url}/watch/${video.id}?t=${playedFrom}`);
  const player = page.locator(".player");
  await player.hover();
  await page.getByRole("button", { name: /^Quality/ }).click();
  await page.getByRole("menuitemradio", { name: new RegExp(`^${rung.quality}`) }).click();
  await page.keyboard.press("Escape");
  await watchFlashes(page);
  await playStretch(page, { from: playedFrom, to: playedFrom + 1 });
  await page.evaluate(() => document.querySelector("video")?.play());
  await waitFor({
    what: `playing ${rung.name}`,
    timeoutMs: 60_000,
    until: async () => (await player.getAttribute("data-playing-rung")) === rung.name,
  });
  return page;
};

/** Measures one stretch; again when the machine was too busy to play it evenly. */
const measure = async (page: Page, rung: Rung, stretch: { from: number; to: number }) => {
  for (let left = 3; ; left -= 1) {
    const notes = await playStretch(page, stretch);
    if (left === 0 || (clockDrift(notes) < 0.02 && flashesOf(notes, rung).length >= 1)) return notes;
  }
};

const pictures = ({ renditions }: VideoDto): Rung[] =>
  renditions
    .filter(({ height }) => height > 0)
    .map(({ name, width, height }) => ({ name, height, quality: `${Math.min(width, height)}p` }));

/** Plays every rung of a clip over the joints of its chunks; gives the times of the flashes seen on each. */
const expectLipSync = async (file: string, expected: readonly string[]) => {
  const video = await processed(file);
  const rungs = pictures(video);
  expect(rungs.map(({ name }) => name).toSorted()).toEqual(expected.toSorted());
  const shown = new Map<string, number[]>();
  for (const rung of rungs) {
    const page = await openRung(video, rung);
    const all: number[] = [];
    for (const stretch of stretches) {
      const notes = await measure(page, rung, stretch);
      const where = `${rung.name}, ${stretch.from}-${stretch.to} s`;
      const flashes = flashesOf(notes, rung);
      const beeps = beepsOf(notes);
      expect(clockDrift(notes), where).toBeLessThan(0.02);
      expect(flashes.length, where).toBeGreaterThanOrEqual(1);
      for (const flash of flashes) {
        const late = beeps.map((beep) => beep - flash).toSorted((a, b) => Math.abs(a) - Math.abs(b))[0];
        expect(Math.abs(late ?? Number.NaN), `${where}, flash at ${flash}`).toBeLessThan(0.04);
      }
      all.push(...flashes);
    }
    shown.set(rung.name, all);
    await page.close();
  }
  return shown;
};

/** Flashes that two rungs showed both stand at the same time on both. */
const expectEqualTimes = (shown: ReadonlyMap<string, readonly number[]>) => {
  for (const [one, times] of shown) {
    for (const [other, others] of shown) {
      for (const time of times) {
        const near = others.filter((candidate) => Math.abs(candidate - time) < 0.5);
        for (const found of near) expect(Math.abs(found - time), `${one} and ${other} at ${time}`).toBeLessThan(0.0015);
      }
    }
  }
};

describe("a flash and its beep come together in the browser, on every rung and across the joints of chunks", () => {
  test("the source itself and what is encoded beside it", async () => {
    const codecs = ["-c:v", "libx264", "-preset", "ultrafast", "-bf", "2", "-g", "50", "-b:v", "700k", "-c:a", "aac"];
    const clip = { name: "lips", size: "854x480", seconds, container: "mp4", codecs };
    expectEqualTimes(await expectLipSync(await makeFlashClip(clip), ["360p", "source"]));
  }, 900_000);

  test("a file that must be encoded before it plays", async () => {
    const codecs = ["-c:v", "mpeg4", "-q:v", "6", "-bf", "2", "-g", "50", "-c:a", "libmp3lame"];
    const clip = { name: "lips-asp", size: "854x480", seconds, container: "mkv", codecs };
    expectEqualTimes(await expectLipSync(await makeFlashClip(clip), ["360p", "480p"]));
  }, 900_000);
});
