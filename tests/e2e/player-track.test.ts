import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { callAs, openPlayer, playhead, publishClip } from "#tests/e2e/finished-video.ts";
import { playPast, signUp } from "#tests/e2e/person.ts";
import { attribute, fetchDto, player } from "#tests/e2e/player-page.ts";
import { launchBrowser } from "#tests/setup/browser.ts";
import { type Site, startSite } from "#tests/setup/site.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

const seconds = 90;
const chapters = ["Beginning", "Middle", "End"].map((title, index) => ({ title, startMs: index * 30_000 }));

let site: Site;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let videoId = "";

beforeAll(async () => {
  site = await startSite();
  browser = await launchBrowser();
  context = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 800 } });
  const studio = await context.newPage();
  await signUp({ page: studio, site, name: "solomiya" });
  videoId = await publishClip({ site, page: studio, clip: { name: "track", size: "640x360", seconds } });
  await callAs(studio, { method: "PUT", path: `/videos/${videoId}/chapters`, body: { items: chapters } });
  await waitFor({
    what: "a storyboard",
    timeoutMs: 60_000,
    until: async () => (await fetchDto(studio, videoId)).playback.storyboardUrl !== null,
  });
  await studio.close();
});

beforeEach(async () => {
  page = await context.newPage();
  await openPlayer({ site, page, path: `/watch/${videoId}` });
});

afterEach(() => page.close());

afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

const near = (second: number) =>
  waitFor({ what: `second ${second}`, until: async () => Math.abs((await playhead(page)) - second) < 3 });

test("over the track stand the picture and the chapter of the moment, and a press goes there", async () => {
  await player(page).hover();
  const track = page.locator("media-time-range");
  const { width = 0, height = 0 } = (await track.boundingBox()) ?? {};
  const position = { x: width / 2, y: height / 2 };
  await track.hover({ position });
  await page
    .locator("media-preview-thumbnail[slot=preview][mediapreviewimage*='storyboard']")
    .waitFor({ state: "attached" });
  await page
    .locator("media-preview-chapter-display[slot=preview][mediapreviewchapter='Middle']")
    .waitFor({ state: "attached" });
  await track.click({ position });
  await near(seconds / 2);
});

test("chapters are chosen by keyboard in the bar, and by mouse in the list below", async () => {
  await player(page).hover();
  await page.getByRole("button", { name: /^Chapters/ }).focus();
  await page.keyboard.press("Enter");
  await page.locator("[role=menuitemradio]:focus", { hasText: "Beginning" }).waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await near(30);
  await page.getByRole("region", { name: "Chapters" }).getByRole("link", { name: "End" }).click();
  await near(60);
});

const loadedTo = () =>
  page.evaluate(() => {
    const { buffered } = document.querySelector<HTMLVideoElement>("media-controller video") ?? {};
    return buffered === undefined || buffered.length === 0 ? 0 : buffered.end(buffered.length - 1);
  });

test("offline for 20 seconds and back: it goes on where it was", async () => {
  await page.close();
  // A browser whose cache holds none of the segments.
  const stranger = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 800 } });
  page = await stranger.newPage();
  await openPlayer({ site, page, path: `/watch/${videoId}` });
  // Nobody has started it: a few seconds are loaded, not all of it.
  expect(await loadedTo()).toBeLessThan(25);
  await stranger.setOffline(true);
  const lostAt = Date.now();
  await playPast(page, 2);
  await waitFor({
    what: "words about the network",
    timeoutMs: 30_000,
    until: async () =>
      (await attribute(page, "wait")) === "network" || (await attribute(page, "problem")) === "network",
  });
  const stoodAt = await playhead(page);
  expect(stoodAt).toBeLessThan(25);
  await waitFor({ what: "20 seconds offline", timeoutMs: 30_000, until: () => Date.now() - lostAt > 20_000 });
  await stranger.setOffline(false);
  await waitFor({ what: "playing on", timeoutMs: 30_000, until: async () => (await playhead(page)) > stoodAt + 2 });
  expect(await playhead(page)).toBeLessThan(stoodAt + 10);
  expect(await attribute(page, "problem")).toBeNull();
  await stranger.close();
});
