import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chooseFile, makeClip, postAs, signUp } from "#tests/e2e/person.ts";
import { launchBrowser } from "#tests/setup/browser.ts";
import { type Site, startSite } from "#tests/setup/site.ts";

let site: Site;
let browser: Browser;
let page: Page;
let file = "";

beforeAll(async () => {
  site = await startSite();
  browser = await launchBrowser();
  page = await (await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 800 } })).newPage();
  await signUp({ page, site, name: "vera" });
  file = await makeClip({ name: "channels", size: "320x180", seconds: 2 });
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

const uploadTo = () => page.getByRole("combobox", { name: "Upload to" });
const shown = () => page.getByRole("combobox", { name: "Show" });
const rows = () => page.locator("[data-video-status]");
const pick = async (select: ReturnType<typeof uploadTo>, name: string) => {
  await select.click();
  await page.getByRole("option", { name }).click();
};

test("who works on one channel chooses none", async () => {
  await page.goto(`${site.url}/studio`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  expect(await uploadTo().count()).toBe(0);
});

test("a file goes into the chosen channel, the list shows one channel's videos, and the editor moves one", async () => {
  await postAs(page, { path: "/channels", body: { handle: "vera-films", name: "Vera films" } });
  await page.goto(`${site.url}/studio`);
  await pick(uploadTo(), "Vera films");
  // Remembered by the browser: `chooseFile` opens the page anew.
  const row = await chooseFile({ page, site, file });
  await row.getByText("Vera films").waitFor();
  await pick(shown(), "vera @vera");
  await page.getByText("Nothing on vera yet").waitFor();
  expect(new URL(page.url()).searchParams.get("channel")).toBe("vera");
  await pick(shown(), "Vera films");
  await rows().first().waitFor();

  const id = await rows().first().getAttribute("data-video-id");
  await page.goto(`${site.url}/studio/videos/${id}`);
  await pick(page.getByRole("combobox", { name: "Channel" }), "vera @vera");
  await page.getByRole("button", { name: "Save changes" }).click();
  await page.getByText("All changes saved").waitFor();
  await page.goto(`${site.url}/studio?channel=vera`);
  await rows().first().waitFor();
  expect(await rows().first().getAttribute("data-video-id")).toBe(id);
  await page.goto(`${site.url}/studio?channel=vera-films`);
  await page.getByText("Nothing on Vera films yet").waitFor();
});
