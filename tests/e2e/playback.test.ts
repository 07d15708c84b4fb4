import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chooseFile, playPast, signUp } from "#tests/e2e/person.ts";
import {
  attribute,
  fetchDto,
  isKept,
  openQualities,
  openWatchPage,
  pauseWorker,
  playedOut,
  qualities,
} from "#tests/e2e/player-page.ts";
import { jumps, makeNumberedClip, shownFrames, watchFrames } from "#tests/e2e/time-code.ts";
import { launchBrowser } from "#tests/setup/browser.ts";
import { type Site, startSite } from "#tests/setup/site.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

const chooseQuality = async (page: Page, quality: string) => {
  await openQualities(page);
  await page.getByRole("menuitemradio", { name: new RegExp(`^${quality}`) }).click();
  await waitFor({
    what: `playing ${quality}`,
    timeoutMs: 60_000,
    until: async () => (await attribute(page, "playing-quality")) === quality,
  });
};

/** Uploads a clip while the worker stands still, so that pages are there before anything plays. */
const upload = async (input: { site: Site; context: BrowserContext; file: string }) => {
  const { site, context, file } = input;
  const studio = await context.newPage();
  const row = await chooseFile({ page: studio, site, file });
  const videoId = await waitFor({
    what: "an uploaded video",
    timeoutMs: 60_000,
    until: async () =>
      (await row.getAttribute("data-video-status")) === "processing" ? row.getAttribute("data-video-id") : null,
  });
  return { studio, videoId };
};

const playableNow = (page: Page, videoId: string) =>
  waitFor({
    what: "a playable video",
    timeoutMs: 120_000,
    until: async () => (await fetchDto(page, videoId)).playable,
  });

declare global {
  interface Window {
    toldWaits?: string[];
  }
}

/** Runs in a page before its own scripts: a browser that knows no VP9, and a note of what its player says while it waits. */
const refuseVp9 = () => {
  const knows = MediaSource.isTypeSupported.bind(MediaSource);
  MediaSource.isTypeSupported = (type) => !/vp0?9/.test(type) && knows(type);
  const told: string[] = [];
  window.toldWaits = told;
  new MutationObserver(() => {
    const words = document.querySelector(".player[data-wait=codec] [role=status]")?.textContent ?? "";
    if (words !== "" && !told.includes(words)) told.push(words);
  }).observe(document, { subtree: true, childList: true, attributes: true });
};

describe("a video that plays while its qualities are being made", () => {
  let site: Site;
  let browser: Browser;
  let context: BrowserContext;
  const resumes: (() => void)[] = [];
  const pause = async () => {
    const resume = await pauseWorker(site);
    resumes.push(resume);
    return resume;
  };

  beforeAll(async () => {
    site = await startSite({ env: { WORKER_CONCURRENCY: "1" } });
    browser = await launchBrowser();
    context = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 800 } });
    await signUp({ page: await context.newPage(), site, name: "olena" });
  });

  afterAll(async () => {
    for (const resume of resumes) resume();
    await browser?.close();
    await site?.stop();
  });

  test("it starts from the source, its menu grows, rungs join without a jump, and it plays to its end", async () => {
    const codecs = ["-c:v", "libx264", "-preset", "ultrafast", "-bf", "2", "-g", "50", "-b:v", "1500k", "-c:a", "aac"];
    const file = await makeNumberedClip({ name: "joints", size: "1280x720", seconds: 40, container: "mp4", codecs });
    const begin = await pause();
    const { studio, videoId } = await upload({ site, context, file });
    const page = await context.newPage();
    const faults = await openWatchPage({ site, page, videoId });
    begin();
    await playableNow(studio, videoId);
    const resume = await pause();

    // The page has not been loaded again, and most of the video is still to be encoded.
    await playPast(page, 2);
    expect(await isKept(page)).toBe(true);
    const early = await fetchDto(studio, videoId);
    expect(early.status).toBe("processing");
    const encoded = early.renditions.filter(({ name, height }) => name !== "source" && height > 0);
    for (const { availableMs } of encoded) expect(availableMs ?? 40_000).toBeLessThan(20_000);
    expect(await attribute(page, "playing-rung")).toBe("source");
    expect(await qualities(page)).toEqual(["720p"]);
    expect(await page.evaluate(() => document.querySelector("video")?.duration)).toBeCloseTo(40, 0);

    resume();
    await waitFor({
      what: "a longer menu of qualities",
      timeoutMs: 120_000,
      until: async () => (await qualities(page)).length >= 3,
    });
    expect(await isKept(page)).toBe(true);

    // From the start over the joints of all chunks, up and down the ladder.
    await page.evaluate(() => {
      const video = document.querySelector("video");
      if (video !== null) video.currentTime = 0;
    });
    await page.waitForFunction(() => (document.querySelector("video")?.currentTime ?? 9) < 2);
    await page.evaluate(() => document.querySelector("video")?.play());
    await watchFrames(page);
    for (const quality of ["360p", "720p", "480p"]) await chooseQuality(page, quality);
    await playedOut(page);
    const frames = await shownFrames(page);
    const rungs = new Set(frames.map(({ rung }) => rung));
    for (const rung of ["source", "360p", "480p"]) expect(rungs).toContain(rung);
    expect(jumps(frames)).toEqual([]);
    expect(frames.at(-1)?.mediaSeconds).toBeGreaterThan(39);
    expect(await page.evaluate(() => document.querySelector("video")?.error?.message ?? null)).toBeNull();
    expect(await attribute(page, "problem")).toBeNull();
    expect(faults).toEqual([]);
    await page.close();
  });

  test("VP9 and Opus play at once; a browser that cannot decode them says so and starts by itself", async () => {
    const codecs = ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-g", "50", "-c:a", "libopus"];
    const file = await makeNumberedClip({ name: "vp9", size: "640x360", seconds: 12, container: "webm", codecs });
    const begin = await pause();
    const { studio, videoId } = await upload({ site, context, file });
    const page = await context.newPage();
    const faults = await openWatchPage({ site, page, videoId });
    const poor = await context.newPage();
    await poor.addInitScript(refuseVp9);
    await openWatchPage({ site, page: poor, videoId });
    begin();
    await playableNow(studio, videoId);
    // So short a clip is encoded before a busy machine's pages have begun: what plays now can be the source alone.
    const resume = await pause();
    await playPast(page, 2);
    expect(await attribute(page, "playing-rung")).toBe("source");
    expect(faults).toEqual([]);
    resume();

    await waitFor({
      what: "an encoded rung that plays by itself",
      timeoutMs: 120_000,
      until: async () => (await attribute(poor, "playing-rung")) === "360p",
    });
    const told = await poor.evaluate(() => window.toldWaits ?? []);
    expect(told.join()).toMatch(/This browser cannot play the original.*recorded in VP9/);
    await waitFor({
      what: "a picture that moves without a press of a button",
      timeoutMs: 60_000,
      until: () => poor.evaluate(() => (document.querySelector("video")?.currentTime ?? 0) > 1),
    });
    expect(await isKept(poor)).toBe(true);
    expect(await poor.evaluate(() => document.querySelector("video")?.error?.message ?? null)).toBeNull();
    await poor.close();
    await page.close();
  });
});
