import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chooseFile, makeClip, signUp } from "#tests/e2e/person.ts";
import { fetchDto } from "#tests/e2e/player-page.ts";
import { launchBrowser } from "#tests/setup/browser.ts";
import { type Site, startSite } from "#tests/setup/site.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

let site: Site;
let browser: Browser;
let page: Page;
let videoId: string;

beforeAll(async () => {
  site = await startSite();
  browser = await launchBrowser();
  page = await (await browser.newContext({ locale: "en-GB" })).newPage();
  await signUp({ page, site, name: "chapters" });
  const row = await chooseFile({
    page,
    site,
    file: await makeClip({ name: "chapters", size: "320x180", seconds: 40 }),
  });
  videoId = await waitFor({
    what: "the server's word of the upload",
    timeoutMs: 60_000,
    until: () => row.getAttribute("data-video-id"),
  });
  await waitFor({
    what: "a ready video",
    timeoutMs: 180_000,
    until: async () => (await fetchDto(page, videoId)).status === "ready",
  });
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

const titles = async () => (await fetchDto(page, videoId)).playback.chapters.map(({ title }) => title);
const become = (expected: readonly string[]) =>
  waitFor({
    what: `chapters ${expected.join()}`,
    timeoutMs: 20_000,
    until: async () => (await titles()).join() === expected.join(),
  });

test("times in the description, then chapters by hand and by keyboard, then automatic ones again", async () => {
  await page.goto(`${site.url}/studio/videos/${videoId}`);
  await page.getByLabel("Description").fill("0:00 One\n0:10 Two\n0:20 Three");
  await page.getByRole("button", { name: "Save changes" }).click();
  await become(["One", "Two", "Three"]);

  const section = page.getByRole("region", { name: "Chapters" });
  await section.getByText("These come from the times in the description").waitFor();
  await section.getByLabel("Chapter 2 begins at").press("Shift+ArrowUp");
  expect(await section.getByLabel("Chapter 2 begins at").inputValue()).toBe("0:20");
  // Two begin there now: refused at the row, and the focus goes to it.
  await section.getByLabel("Title of chapter 2").press("Enter");
  await section.getByText("Another chapter begins here.").waitFor();
  await section.getByLabel("Chapter 3 begins at").press("ArrowUp");
  await section.getByLabel("Title of chapter 2").fill("Second by hand");
  await section.getByLabel("Title of chapter 2").press("Enter");
  await become(["One", "Second by hand", "Three"]);

  await section.getByRole("button", { name: "Use automatic chapters" }).click();
  await become(["One", "Two", "Three"]);
  await page.getByRole("button", { name: "Undo" }).click();
  await become(["One", "Second by hand", "Three"]);
}, 120_000);
