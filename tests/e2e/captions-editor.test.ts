import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chooseFile, makeClip, playPast, postAs, signUp } from "#tests/e2e/person.ts";
import { collectFaults, fetchDto } from "#tests/e2e/player-page.ts";
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
  await signUp({ page, site, name: "captions" });
  const row = await chooseFile({
    page,
    site,
    file: await makeClip({ name: "captions", size: "320x180", seconds: 30 }),
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

type Cue = { startMs: number; endMs: number; text: string };

/** The lines of the video's track as everybody reads them. */
const lines = async (captionId: string): Promise<Cue[]> =>
  page.evaluate(
    async ({ video, caption }) =>
      (await (await fetch(`/api/v1/videos/${video}/captions/${caption}/cues`)).json()).items,
    { video: videoId, caption: captionId },
  );

test("captions are written from nothing, split, shifted, taken back and shown, by keyboard", async () => {
  const faults = collectFaults(page);
  await page.goto(`${site.url}/studio/videos/${videoId}`);
  await page.getByRole("button", { name: "Write captions" }).press("Enter");
  await page.getByRole("dialog").getByRole("button", { name: "Begin" }).press("Enter");
  await page.waitForURL(/\/captions\/[0-9a-f-]{36}$/);
  const captionId = page.url().split("/").at(-1) ?? "";
  expect((await fetchDto(page, videoId)).playback.captions).toEqual([]);

  await page.getByRole("button", { name: "Add caption" }).press("Enter");
  const words = page.getByRole("textbox", { name: "Words" });
  await words.waitFor();
  await page.keyboard.type("Hello there & welcome");
  await page.getByRole("textbox", { name: "Ends at" }).fill("0:10");
  await page.keyboard.press("Enter");
  await words.focus();
  await page.keyboard.press("Home");
  for (let at = 0; at < 12; at += 1) await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Control+Enter");
  const list = page.getByRole("listbox", { name: "Captions" });
  await waitFor({
    what: "two captions",
    timeoutMs: 5_000,
    until: async () => (await list.getByRole("option").count()) === 2,
  });

  await page.getByRole("button", { name: "Shift all" }).press("Enter");
  await page.getByLabel("Seconds").fill("1.5");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Undo" }).press("Enter");
  await page.keyboard.press("Control+s");
  await page.getByText("Captions saved").waitFor();
  expect((await lines(captionId)).map(({ text }) => text)).toEqual(["Hello there", "& welcome"]);
  expect((await lines(captionId))[0]?.startMs).toBe(0);
  await words.focus();
  // Of the button that was pressed last.
  await page.locator("[data-tooltip-popup]").waitFor({ state: "detached" });
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])).toEqual([]);

  await playPast(page, 1);
  await list.locator("[aria-current=true]", { hasText: "Hello there" }).waitFor();
  expect(faults).toEqual([]);
}, 180_000);

test("whoever saves late is told, and nothing typed is lost", async () => {
  const { id: captionId } = (await postAs(page, {
    path: `/videos/${videoId}/captions`,
    body: { language: "uk", text: "WEBVTT\n\n00:01.000 --> 00:02.000\nПерший\n" },
  })) as { id: string };
  await page.goto(`${site.url}/studio/videos/${videoId}/captions/${captionId}`);
  await page.getByRole("option", { name: /Перший/ }).click();
  await page.getByRole("textbox", { name: "Words" }).fill("Мій");
  await page.evaluate(
    async ({ video, caption }) => {
      const path = `/api/v1/videos/${video}/captions/${caption}/script`;
      const { version } = await (await fetch(path)).json();
      const items = [{ startMs: 1000, endMs: 2000, text: "Чужий" }];
      const headers = { "content-type": "application/json" };
      await fetch(path, { method: "PUT", headers, body: JSON.stringify({ version, items }) });
    },
    { video: videoId, caption: captionId },
  );
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Show theirs" }).click();
  await page.getByRole("option", { name: /Чужий/ }).waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("option", { name: /Мій/ }).waitFor();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Captions saved").waitFor();
  expect((await lines(captionId)).map(({ text }) => text)).toEqual(["Мій"]);
}, 120_000);
