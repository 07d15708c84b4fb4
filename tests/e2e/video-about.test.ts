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

beforeAll(async () => {
  site = await startSite();
  browser = await launchBrowser();
  page = await (await browser.newContext({ locale: "en-GB" })).newPage();
  await signUp({ page, site, name: "about" });
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

/** Chooses an entry of a select by keyboard. */
const choose = async (select: string, entry: string) => {
  await page.getByRole("combobox", { name: select }).press("Enter");
  await page.getByRole("option", { name: entry, exact: true }).click();
};

test("category and language of a video are chosen, kept and taken back", async () => {
  const row = await chooseFile({ page, site, file: await makeClip({ name: "about", size: "320x180", seconds: 2 }) });
  const videoId = await waitFor({
    what: "the server's word of the upload",
    timeoutMs: 60_000,
    until: () => row.getAttribute("data-video-id"),
  });
  await page.goto(`${site.url}/studio/videos/${videoId}`);
  await choose("Category", "Food");
  await choose("Language", "Ukrainian");
  await page.getByRole("button", { name: "Save changes" }).click();
  await waitFor({
    what: "what was chosen",
    timeoutMs: 20_000,
    until: async () => {
      const { category, language } = await fetchDto(page, videoId);
      return category === "food" && language === "uk";
    },
  });
  await page.reload();
  await page.getByRole("combobox", { name: "Category" }).getByText("Food").waitFor();
  await choose("Category", "No category");
  await page.getByRole("button", { name: "Save changes" }).click();
  await waitFor({
    what: "no category",
    timeoutMs: 20_000,
    until: async () => (await fetchDto(page, videoId)).category === null,
  });
  expect((await fetchDto(page, videoId)).language).toBe("uk");
}, 120_000);
