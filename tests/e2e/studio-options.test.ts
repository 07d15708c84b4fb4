import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chooseFile, makeClip, signUp } from "#tests/e2e/person.ts";
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
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

/** What the server says of a path, asked with the page's session. */
const ask = (path: string): Promise<{ watermark: { design: { text: string } } | null; watermarkId: string | null }> =>
  page.evaluate(async (address) => (await fetch(`/api/v1${address}`)).json(), path);

test("in an empty studio a new user makes a mark by keyboard, keeps it, and the first upload carries it", async () => {
  await signUp({ page, site, name: "olena" });
  await page.goto(`${site.url}/studio`);
  await page.getByRole("button", { name: "Upload options" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("combobox", { name: "Watermark" }).waitFor();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await page.getByRole("button", { name: "New watermark" }).focus();
  await page.keyboard.press("Enter");
  await page.getByLabel("Text", { exact: true }).last().fill("© Olena");
  await page.getByLabel("Name").fill("My mark");
  await page.keyboard.press("Enter");
  // Chosen as soon as it is drawn: an upload with one that is not would be refused.
  await page.getByRole("combobox", { name: "Watermark" }).getByText("My mark").waitFor();
  await page.getByRole("button", { name: "Keep for all my uploads" }).focus();
  await page.keyboard.press("Enter");
  await waitFor({
    what: "a kept default",
    timeoutMs: 20_000,
    until: async () => (await ask("/me/upload-defaults")).watermarkId,
  });
  await page.keyboard.press("Escape");
  await page.getByRole("heading", { name: "For the next uploads" }).waitFor({ state: "hidden" });
  const file = await makeClip({ name: "olena", size: "320x180", seconds: 2 });
  const row = await chooseFile({ page, site, file });
  const videoId = await waitFor({
    what: "the server's word of the upload",
    timeoutMs: 30_000,
    until: () => row.getAttribute("data-video-id"),
  });
  expect((await ask(`/videos/${videoId}/watermark`)).watermark?.design.text).toBe("© Olena");
}, 180_000);
