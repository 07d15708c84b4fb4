import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { callAs, openPlayer, playhead, publishClip, standAt } from "#tests/e2e/finished-video.ts";
import { signUp } from "#tests/e2e/person.ts";
import { attribute, player } from "#tests/e2e/player-page.ts";
import { launchBrowser } from "#tests/setup/browser.ts";
import { type Site, startSite } from "#tests/setup/site.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

const srt = "1\n00:00:00,000 --> 00:00:09,000\nGood morning\n";

let site: Site;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let path = "";

beforeAll(async () => {
  site = await startSite();
  browser = await launchBrowser();
  context = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 800 } });
  const studio = await context.newPage();
  await signUp({ page: studio, site, name: "maryna" });
  const videoId = await publishClip({ site, page: studio, clip: { name: "extras", size: "640x360", seconds: 10 } });
  await callAs(studio, { method: "POST", path: `/videos/${videoId}/captions`, body: { language: "en", text: srt } });
  await studio.close();
  path = `/watch/${videoId}`;
});

beforeEach(async () => {
  page = await context.newPage();
  await openPlayer({ site, page, path });
});

afterEach(() => page.close());

afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

/** Opens the menu of what is chosen seldom and presses an entry. */
const choose = async (role: "menuitemcheckbox" | "menuitem", name: string) => {
  await player(page).hover();
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole(role, { name }).click();
};

describe("by keyboard and by mouse", () => {
  test("comma, full stop and the menu go frame by frame", async () => {
    await standAt(page, 2.02);
    await page.keyboard.press(".");
    await waitFor({ what: "the next frame", until: async () => Math.abs((await playhead(page)) - 2.06) < 0.005 });
    for (let count = 0; count < 2; count++) await page.keyboard.press(",");
    await waitFor({ what: "the former frame", until: async () => Math.abs((await playhead(page)) - 1.98) < 0.005 });
    await choose("menuitem", "One frame on");
    await page.getByRole("menuitem", { name: "One frame on" }).click();
    await waitFor({ what: "two frames on", until: async () => Math.abs((await playhead(page)) - 2.06) < 0.005 });
  });

  test("R and the menu have it play round and round", async () => {
    await page.keyboard.press("r");
    expect(await attribute(page, "loop")).toBe("true");
    await standAt(page, 9);
    await page.keyboard.press("k");
    await waitFor({
      what: "the beginning again",
      until: async () => (await playhead(page)) < 2 && (await attribute(page, "state")) === "playing",
    });
    await choose("menuitemcheckbox", "Loop");
    await player(page).and(page.locator(":not([data-loop])")).waitFor();
  });

  test("I and the menu show figures of what plays", async () => {
    const figures = page.getByRole("region", { name: "Statistics" });
    await page.keyboard.press("k");
    await page.keyboard.press("i");
    await figures.locator("[data-figure=resolution]", { hasText: /^640×360 · 25 fps$/ }).waitFor();
    await figures.locator("[data-figure=codecs]", { hasText: "avc1" }).waitFor();
    await figures.locator("[data-figure=dropped]", { hasText: /^\d+ of [1-9]\d*$/ }).waitFor();
    await figures.getByRole("button", { name: "Close the statistics" }).click();
    await figures.waitFor({ state: "detached" });
    await choose("menuitemcheckbox", "Statistics");
    await figures.waitFor();
  });

  test("T and the button give the player the page's width, and the next page remembers it", async () => {
    const width = async () => (await player(page).boundingBox())?.width ?? 0;
    expect(await width()).toBeLessThan(1000);
    await page.keyboard.press("t");
    await waitFor({ what: "a wide player", until: async () => (await width()) > 1200 });
    await page.reload();
    await waitFor({ what: "a player that is wide at once", until: async () => (await width()) > 1200 });
    await player(page).hover();
    await page.getByRole("button", { name: "Theatre", pressed: true }).click();
    await waitFor({ what: "a narrow player", until: async () => (await width()) < 1000 });
  });

  test("the list of keys opens by its key and from the menu, and names them all", async () => {
    const dialog = page.getByRole("dialog", { name: "Keyboard" });
    await page.keyboard.press("?");
    for (const words of ["One frame back or on", "Loop on or off", "Theatre", "Next video", "Statistics"]) {
      await dialog.getByText(words, { exact: true }).waitFor();
    }
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    await choose("menuitem", "Keyboard");
    await dialog.waitFor();
  });

  test("a menu whose script is not there yet opens by the first press, and by keys on the choice that holds", async () => {
    const fetched: string[] = [];
    page.on("request", (request) => fetched.push(new URL(request.url()).pathname));
    const speed = page.getByRole("button", { name: "Speed" });
    const normal = page.getByRole("menuitemradio", { name: "Normal" });
    for (const key of ["Enter", "ArrowDown"]) {
      await speed.focus();
      expect(await speed.getAttribute("aria-haspopup")).toBe("menu");
      expect(await speed.getAttribute("aria-expanded")).toBe("false");
      await page.keyboard.press(key);
      await waitFor({
        what: "focus on the choice",
        until: () => normal.evaluate((item) => item === document.activeElement).catch(() => false),
      });
      expect(await speed.getAttribute("aria-expanded")).toBe("true");
      await page.keyboard.press("Escape");
      await normal.waitFor({ state: "detached" });
      expect(await speed.evaluate((button) => button === document.activeElement)).toBe(true);
      expect(fetched.some((address) => address.endsWith(".js"))).toBe(true);
      await page.reload();
      await player(page).locator("video").waitFor();
    }
    await player(page).hover();
    await speed.click();
    await page.getByRole("menuitemradio", { name: "1.5×" }).click();
    await page.getByRole("button", { name: "Speed: 1.5×" }).waitFor();
  });

  test("a menu whose script cannot be fetched says so, leaves the film alone, and opens by a later press", async () => {
    const scripts = "**/_next/static/**/*.js";
    await page.route(scripts, (route) => route.abort());
    const speed = page.getByRole("button", { name: "Speed" });
    await player(page).hover();
    await speed.click();
    await page.getByText("This could not be fetched.").waitFor();
    expect(await player(page).locator("video").count()).toBe(1);
    await page.unroute(scripts);
    await player(page).hover();
    await speed.click();
    await page.getByRole("menuitemradio", { name: "Normal" }).waitFor();
  });

  test("captions render as one wants them, and the browser remembers", async () => {
    const cue = page.locator(".player-captions .player-cue", { hasText: "Good morning" });
    await standAt(page, 2);
    await page.keyboard.press("c");
    await cue.waitFor();
    const size = () => cue.evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
    const usual = await size();
    await choose("menuitem", "Look of captions");
    const dialog = page.getByRole("dialog", { name: "Look of captions" });
    await dialog.getByText("Very large", { exact: true }).click();
    await dialog.getByRole("radio", { name: "White" }).focus();
    await page.keyboard.press("ArrowRight");
    await waitFor({ what: "larger captions", until: async () => (await size()) > usual * 1.9 });
    await page.keyboard.press("Escape");
    await openPlayer({ site, page, path });
    await standAt(page, 2);
    await cue.waitFor();
    expect(await size()).toBeGreaterThan(usual * 1.9);
    expect(await player(page).evaluate((element) => element.style.getPropertyValue("--cue-color"))).toBe(
      "var(--caption-yellow)",
    );
  });

  test("the system's controls know the video", async () => {
    await page.keyboard.press("k");
    const told = () =>
      page.evaluate(() => ({
        title: navigator.mediaSession.metadata?.title,
        artist: navigator.mediaSession.metadata?.artist,
        pictures: navigator.mediaSession.metadata?.artwork.length,
        state: navigator.mediaSession.playbackState,
      }));
    await waitFor({ what: "a session that plays", until: async () => (await told()).state === "playing" });
    expect(await told()).toMatchObject({ title: "extras", artist: "maryna", pictures: 1 });
  });
});
