import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { callAs, openPlayer, playhead, publishClip } from "#tests/e2e/finished-video.ts";
import { signUp } from "#tests/e2e/person.ts";
import { launchBrowser } from "#tests/setup/browser.ts";
import { type Site, startSite } from "#tests/setup/site.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

const seconds = 40;
const stamp = (second: number) => `00:00:${String(second).padStart(2, "0")},000`;
const track = (words: (second: number) => string) =>
  Array.from({ length: seconds - 1 }, (_, at) => `${at + 1}\n${stamp(at)} --> ${stamp(at + 1)}\n${words(at)}\n`).join(
    "\n",
  );
const english = track((at) => (at % 10 === 5 ? `A golden fish, ${at}` : `Line ${at}`));
const ukrainian = track((at) => `Рядок ${at}`);

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
  await signUp({ page: studio, site, name: "oksana" });
  videoId = await publishClip({ site, page: studio, clip: { name: "spoken", size: "640x360", seconds } });
  for (const [language, text] of [
    ["en", english],
    ["uk", ukrainian],
  ]) {
    await callAs(studio, { method: "POST", path: `/videos/${videoId}/captions`, body: { language, text } });
  }
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

const pane = (at = page) => at.getByRole("region", { name: "Transcript" });
const line = (words: string, at = page) => pane(at).getByRole("button", { name: new RegExp(`${words}$`) });
const open = async (at = page) => {
  await at.getByRole("button", { name: "Transcript", exact: true }).click();
  await line("Line 0", at).waitFor();
};
const reached = (second: number, at = page) =>
  waitFor({
    what: `playing from second ${second}`,
    until: async () => (await playhead(at)) >= second && (await playhead(at)) < second + 5,
  });
const told = (words: string) => pane().getByRole("status").filter({ hasText: words }).waitFor();
/** Whether a line stands within what its list shows. */
const isInSight = (words: string) =>
  line(words).evaluate((button) => {
    const list = button.closest("ol")?.getBoundingClientRect();
    const box = button.getBoundingClientRect();
    return list !== undefined && box.top >= list.top - 1 && box.bottom <= list.bottom + 1;
  });

test("a press on a line goes there, by mouse and by keyboard", async () => {
  await open();
  await line("Line 3").click();
  await reached(3);
  await line("Line 3").focus();
  for (let count = 0; count < 3; count++) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await reached(6);
  expect(await pane().locator("[aria-current=true]").count()).toBe(1);
});

test("words are found and marked, and Enter goes from one place to the next and round", async () => {
  await open();
  const field = pane().getByRole("searchbox", { name: "Search in the transcript" });
  await field.fill("GOLDEN fish");
  await told("1 of 4");
  expect(await pane().locator("mark").count()).toBe(4);
  await field.press("Enter");
  await pane().locator("mark[data-current]").waitFor();
  await told("2 of 4");
  await waitFor({ what: "the found line in sight", until: () => isInSight("A golden fish, 15") });
  await field.press("Shift+Enter");
  await field.press("Shift+Enter");
  await told("4 of 4");
  await pane().getByRole("button", { name: "Next place" }).click();
  await told("1 of 4");
  await field.fill("silver");
  await told("Nothing");
});

test("it follows along until the reader scrolls away, and again when asked to", async () => {
  await open();
  const seek = (second: number) =>
    page.evaluate((at) => {
      const video = document.querySelector<HTMLVideoElement>("media-controller video");
      if (video !== null) video.currentTime = at;
    }, second);
  await seek(35.5);
  await waitFor({ what: "the line that is said, in sight", until: () => isInSight("A golden fish, 35") });
  await pane().getByRole("list", { name: "Lines of the transcript" }).hover();
  await page.mouse.wheel(0, -5000);
  await waitFor({ what: "the first line in sight", until: () => isInSight("Line 0") });
  await seek(25.5);
  await pane().locator("[aria-current=true]", { hasText: "A golden fish, 25" }).waitFor({ state: "attached" });
  expect(await isInSight("Line 0")).toBe(true);
  await pane().getByRole("button", { name: "Follow along" }).click();
  await waitFor({ what: "the line that is said, in sight again", until: () => isInSight("A golden fish, 25") });
});

test("another language is chosen, and closing gives the focus back", async () => {
  await open();
  await pane().getByRole("combobox", { name: "Language of the transcript" }).click();
  await page.getByRole("option", { name: "Українська" }).click();
  await line("Рядок 7").waitFor();
  await pane().getByRole("button", { name: "Close the transcript" }).click();
  await pane().waitFor({ state: "detached" });
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("transcript-button");
});

test("who watches by a playback token reads it too", async () => {
  const path = `/videos/${videoId}`;
  await callAs(page, { method: "PATCH", path, body: { visibility: "private" } });
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  const { watchUrl } = await callAs(page, { method: "POST", path: `${path}/playback-tokens`, body: { expiresAt } });
  const stranger = await browser.newContext({ locale: "en-GB" });
  const theirs = await stranger.newPage();
  await openPlayer({ site, page: theirs, path: watchUrl });
  await open(theirs);
  await line("Line 3", theirs).click();
  await reached(3, theirs);
  await stranger.close();
});
