import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { VideoDto } from "#lib/videos/dto.ts";
import { chooseFile, playPast, signUp } from "#tests/e2e/person.ts";
import { makeNumberedClip } from "#tests/e2e/time-code.ts";
import { damageClip } from "#tests/media/damage.ts";
import { launchBrowser } from "#tests/setup/browser.ts";
import { type Site, startSite } from "#tests/setup/site.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

const damage = { start: 12, end: 14 };

let site: Site;
let browser: Browser;
let context: BrowserContext;
const resumes: (() => void)[] = [];

beforeAll(async () => {
  site = await startSite({ env: { WORKER_CONCURRENCY: "1" } });
  browser = await launchBrowser();
  context = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 800 } });
  await signUp({ page: await context.newPage(), site, name: "iryna" });
});

afterEach(() => {
  for (const resume of resumes.splice(0)) resume();
});

afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

/** The worker stands still from now on, until the returned function is called. */
const pause = async () => {
  const pid = await site.workerPid();
  process.kill(pid, "SIGSTOP");
  const resume = () => process.kill(pid, "SIGCONT");
  resumes.push(resume);
  return resume;
};

const codecs = ["-c:v", "libx264", "-preset", "ultrafast", "-bf", "2", "-g", "50", "-b:v", "900k", "-c:a", "aac"];

const makeClips = async () => {
  const whole = await makeNumberedClip({ name: "whole", size: "854x480", seconds: 30, container: "mp4", codecs });
  const damaged = join(tmpdir(), `kinora-e2e-${process.pid}-damaged.mp4`);
  await damageClip({ from: whole, to: damaged, seconds: damage, every: 1 });
  return { whole, damaged };
};

/** Uploads a clip and opens its page as soon as its source can be played; the worker stands still then. */
const openEarly = async (file: string, prepare: (page: Page) => Promise<unknown> = async () => undefined) => {
  const studio = await context.newPage();
  const row = await chooseFile({ page: studio, site, file });
  const videoId = await waitFor({
    what: "a playable video",
    timeoutMs: 120_000,
    until: async () => {
      const id = await row.getAttribute("data-video-id");
      return id !== null && (await fetchDto(studio, id)).playable ? id : null;
    },
  });
  const resume = await pause();
  const page = await context.newPage();
  await prepare(page);
  await page.goto(`${site.url}/watch/${videoId}`);
  await page.evaluate(() => document.documentElement.setAttribute("data-kept", "yes"));
  return { studio, page, videoId, resume };
};

const fetchDto = (page: Page, videoId: string): Promise<VideoDto> =>
  page.evaluate(async (id) => (await fetch(`/api/v1/videos/${id}`)).json(), videoId);

const attribute = (page: Page, name: string) => page.locator(".player").getAttribute(`data-${name}`);
const secondsOf = (page: Page) => page.evaluate(() => document.querySelector("video")?.currentTime ?? 0);

/** Waits until the page has taken an encoded rung by itself. */
const untilEncoded = (page: Page) =>
  waitFor({
    what: "an encoded rung",
    timeoutMs: 120_000,
    until: async () => (await attribute(page, "playing-rung")) === "360p",
  });

/** Plays to the end on an encoded rung, in the same page, without a word of a problem. */
const expectEnd = async (page: Page) => {
  await waitFor({
    what: "the end of the video",
    timeoutMs: 180_000,
    until: async () => (await attribute(page, "state")) === "ended",
  });
  expect(await secondsOf(page)).toBeGreaterThan(29);
  expect(await attribute(page, "playing-rung")).toBe("360p");
  expect(await attribute(page, "problem")).toBeNull();
  expect(await page.evaluate(() => document.documentElement.getAttribute("data-kept"))).toBe("yes");
};

describe("a source that the browser cannot decode", () => {
  test("damaged in its middle, it gives way to an encoded rung, which goes on where it stopped", async () => {
    const { damaged } = await makeClips();
    const { studio, page, videoId, resume } = await openEarly(damaged);
    await playPast(page, 2);
    expect(await attribute(page, "playing-rung")).toBe("source");
    // Nothing else is there: whoever has seen all before the damage waits.
    await waitFor({ what: "waiting for another rung", timeoutMs: 60_000, until: async () => attribute(page, "wait") });
    expect(await attribute(page, "problem")).toBeNull();
    resume();
    await untilEncoded(page);
    expect(await secondsOf(page)).toBeGreaterThan(damage.start - 4);
    await expectEnd(page);
    await waitFor({
      what: "the end of the run",
      timeoutMs: 120_000,
      until: async () => (await fetchDto(studio, videoId)).status === "ready",
    });
    expect((await fetchDto(studio, videoId)).renditions.map(({ name }) => name)).not.toContain("source");
    await page.close();
  });

  test("refused by the browser's buffers whatever it said before, it gives way as well", async () => {
    const { whole } = await makeClips();
    const { page, resume } = await openEarly(whole, (opened) => opened.addInitScript(refuseSourceCodec));
    resume();
    await untilEncoded(page);
    await playPast(page, 1);
    await expectEnd(page);
    await page.close();
  });
});

/** Runs in a page before its own scripts: buffers refuse the profile of the source, which encoded rungs do not have. */
const refuseSourceCodec = () => {
  const isSource = (type: string) => /avc1\.(?!64)/.test(type);
  const refuse = () => new DOMException("not supported", "NotSupportedError");
  const { addSourceBuffer } = MediaSource.prototype;
  MediaSource.prototype.addSourceBuffer = function add(type) {
    if (isSource(type)) throw refuse();
    return addSourceBuffer.call(this, type);
  };
  const { changeType } = SourceBuffer.prototype;
  SourceBuffer.prototype.changeType = function change(type) {
    if (isSource(type)) throw refuse();
    return changeType.call(this, type);
  };
};
