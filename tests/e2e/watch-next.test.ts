import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { callAs, openPlayer, playhead, publishClip, standAt } from "#tests/e2e/finished-video.ts";
import { password, playPast, signUp } from "#tests/e2e/person.ts";
import { player } from "#tests/e2e/player-page.ts";
import { launchBrowser } from "#tests/setup/browser.ts";
import { type Site, startSite } from "#tests/setup/site.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

const clips = [
  { name: "first", size: "640x360", seconds: 60 },
  { name: "second", size: "640x360", seconds: 20 },
];

let site: Site;
let browser: Browser;
let context: BrowserContext;
let studio: Page;
let first = "";
let second = "";
let listId = "";

beforeAll(async () => {
  site = await startSite();
  browser = await launchBrowser();
  context = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 800 } });
  studio = await context.newPage();
  await signUp({ page: studio, site, name: "danylo" });
  const ids: string[] = [];
  for (const clip of clips) ids.push(await publishClip({ site, page: studio, clip }));
  [first = "", second = ""] = ids;
  const list = { title: "Both", visibility: "public" };
  listId = (await callAs(studio, { method: "POST", path: "/me/playlists", body: list })).id;
  for (const videoId of ids) {
    await callAs(studio, { method: "POST", path: `/playlists/${listId}/items`, body: { videoId } });
  }
});

afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

const upNext = (page: Page) => page.getByRole("region", { name: "Up next" });

/** Plays the last second of the first video of the playlist. */
const playOut = async (page: Page) => {
  await openPlayer({ site, page, path: `/watch/${first}?list=${listId}` });
  await standAt(page, 59);
  await page.keyboard.press("k");
  await upNext(page).getByText("second", { exact: true }).waitFor();
};

test("a second browser goes on where the first one stopped, and an address with a time wins", async () => {
  const page = await context.newPage();
  await openPlayer({ site, page, path: `/watch/${first}` });
  await standAt(page, 20);
  await playPast(page, 24);
  // Leaving by a link, not by closing: the player is taken apart on the page.
  await page.locator('main a[href="/@danylo"]').first().click();
  await page.waitForURL(/\/@danylo$/);
  const kept = () => callAs(page, { method: "GET", path: `/videos/${first}/watch-progress` });
  await waitFor({ what: "a kept position", until: async () => (await kept()).positionMs > 23_000 });
  // The browser's own Back draws the page from what it was at first; the place is asked for anew.
  await page.goBack();
  await waitFor({ what: "the place where one stopped", until: async () => (await playhead(page)) > 23 });
  const other = await browser.newContext({ locale: "en-GB" });
  const theirs = await other.newPage();
  await theirs.goto(`${site.url}/login`);
  await theirs.getByLabel("E-mail").fill("danylo@example.org");
  await theirs.getByLabel("Password", { exact: true }).fill(password);
  await theirs.getByRole("button", { name: "Sign in" }).click();
  await theirs.waitForURL((url) => !url.pathname.startsWith("/login"));
  await openPlayer({ site, page: theirs, path: `/watch/${first}` });
  await waitFor({ what: "the place where one stopped", until: async () => (await playhead(theirs)) > 23 });
  await openPlayer({ site, page: theirs, path: `/watch/${first}?t=10` });
  await waitFor({
    what: "the place that the address names",
    until: async () => Math.abs((await playhead(theirs)) - 10) < 1,
  });
  await other.close();
  await page.close();
});

test("at its end the playlist goes on by itself", async () => {
  const page = await context.newPage();
  await playOut(page);
  await page.waitForURL(`**/watch/${second}?list=${listId}`, { timeout: 20_000 });
  await waitFor({ what: "the next video playing", timeoutMs: 20_000, until: async () => (await playhead(page)) > 0.5 });
  await page.close();
});

test("one says no by Escape or by mouse, and then it stays", async () => {
  const page = await context.newPage();
  await playOut(page);
  await page.keyboard.press("Escape");
  await upNext(page).waitFor({ state: "detached" });
  await playOut(page);
  await upNext(page).getByRole("button", { name: "Cancel" }).click();
  await upNext(page).waitFor({ state: "detached" });
  expect(new URL(page.url()).pathname).toBe(`/watch/${first}`);
  await page.close();
});

test("whoever wants none has none, and goes on by the button, by Shift and N, or at the end", async () => {
  const page = await context.newPage();
  await openPlayer({ site, page, path: `/watch/${first}?list=${listId}` });
  await player(page).hover();
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitemcheckbox", { name: "Play the next video by itself" }).click();
  await page.keyboard.press("Escape");
  await playOut(page);
  expect(await upNext(page).getByRole("button", { name: "Cancel" }).count()).toBe(0);
  await upNext(page).getByRole("button", { name: "Play now" }).click();
  await page.waitForURL(`**/watch/${second}?list=${listId}`);
  await openPlayer({ site, page, path: `/watch/${first}?list=${listId}` });
  await player(page).hover();
  await page.getByRole("button", { name: "Next: second" }).waitFor();
  await page.keyboard.press("Shift+N");
  await page.waitForURL(`**/watch/${second}?list=${listId}`);
  await page.close();
});

test("the sound is there to download when its owner allows it", async () => {
  const path = `/videos/${second}`;
  await callAs(studio, { method: "POST", path: `${path}/audio`, body: { format: "mp3" } });
  await callAs(studio, { method: "PATCH", path: `${path}/sharing`, body: { downloadable: true } });
  await waitFor({
    what: "a sound file",
    timeoutMs: 60_000,
    until: async () => (await callAs(studio, { method: "GET", path: `${path}/audio` })).items[0]?.state === "done",
  });
  const stranger = await browser.newContext({ locale: "en-GB" });
  const theirs = await stranger.newPage();
  await openPlayer({ site, page: theirs, path: `/watch/${second}` });
  const loading = theirs.waitForEvent("download");
  await theirs.getByRole("link", { name: "Download sound" }).click();
  expect((await loading).suggestedFilename()).toBe("second.mp3");
  await callAs(studio, { method: "PATCH", path: `${path}/sharing`, body: { downloadable: false } });
  await theirs.reload();
  expect(await theirs.getByRole("link", { name: "Download sound" }).count()).toBe(0);
  await stranger.close();
});
