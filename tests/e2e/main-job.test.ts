import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chooseFile, fetchStatus, makeClip, playPast, signUp } from "#tests/e2e/person.ts";
import { launchBrowser } from "#tests/setup/browser.ts";
import { type Site, startSite } from "#tests/setup/site.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

/** Collects what a page reports as broken. */
const collectFaults = (page: Page): string[] => {
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(message.text());
  });
  return faults;
};

const setVisibility = async (input: { page: Page; videoId: string; choice: string }) => {
  const { page, videoId, choice } = input;
  const row = page.locator(`[data-video-id="${videoId}"]`);
  const saved = page.waitForResponse(
    (response) => response.url().endsWith(`/videos/${videoId}`) && response.request().method() === "PATCH",
  );
  await row.getByRole("combobox", { name: /Visibility/ }).click();
  await page.getByRole("option", { name: choice }).click();
  expect((await saved).status()).toBe(200);
};

describe("from sign-up to a watched video, in a real browser on the production build", () => {
  let site: Site;
  let browser: Browser;
  let owner: BrowserContext;
  let studio: Page;
  let videoId = "";
  let hlsUrl = "";

  beforeAll(async () => {
    site = await startSite();
    browser = await launchBrowser();
    owner = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 800 } });
    studio = await owner.newPage();
  });

  afterAll(async () => {
    await browser?.close();
    await site?.stop();
  });

  test("a person signs up, chooses a 1080p clip, and its row advances live to ready", async () => {
    const clip = await makeClip({ name: "main-job", size: "1920x1080", seconds: 12 });
    await signUp({ page: studio, site, name: "olena" });
    const row = await chooseFile({ page: studio, site, file: clip });
    const seen = new Set<string>();
    await waitFor({
      what: "the row's state ready",
      timeoutMs: 150_000,
      until: async () => {
        const status = await row.getAttribute("data-video-status");
        if (status !== null) seen.add(status);
        return status === "ready";
      },
    });
    expect(seen).toContain("processing");
    videoId = (await row.getAttribute("data-video-id")) ?? "";
    expect(videoId).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("it plays past three seconds without a media error, and in the quality that was chosen", async () => {
    const page = await owner.newPage();
    const faults = collectFaults(page);
    await page.goto(`${site.url}/watch/${videoId}`);
    await playPast(page, 3);
    const player = page.locator("[data-playing-quality]");
    await page
      .getByRole("region", { name: /^Player/ })
      .or(page.locator(".player"))
      .first()
      .hover();
    await page.getByRole("button", { name: /^Quality/ }).click();
    const entries = page.getByRole("menuitemradio");
    // Its code comes with the first press.
    await entries.first().waitFor();
    const qualities = await entries.allInnerTexts();
    expect(qualities.filter((name) => /\d+p/.test(name)).length).toBeGreaterThanOrEqual(2);
    await page.getByRole("menuitemradio", { name: "360p" }).click();
    await waitFor({
      what: "playing in 360p",
      timeoutMs: 30_000,
      until: async () => (await player.getAttribute("data-playing-quality")) === "360p",
    });
    expect(await player.getAttribute("data-quality")).toBe("360p");
    expect(await page.evaluate(() => document.querySelector("video")?.error?.message ?? null)).toBeNull();
    expect(faults).toEqual([]);
    await page.close();
  });

  test("a stranger gets 404 for the private video, its playlist and its segments", async () => {
    const dto = await studio.evaluate(async (id) => (await fetch(`/api/v1/videos/${id}`)).json(), videoId);
    hlsUrl = dto.playback.hlsUrl;
    const unsigned = hlsUrl.replace(/\/signed\/[^/]+/, "");
    const stranger = await browser.newContext();
    const page = await stranger.newPage();
    const answer = await page.goto(`${site.url}/watch/${videoId}`);
    expect(answer?.status()).toBe(404);
    expect(await fetchStatus(page, `/api/v1/videos/${videoId}`)).toBe(404);
    expect(await fetchStatus(page, unsigned)).toBe(404);
    expect(await fetchStatus(page, unsigned.replace(/[^/]+$/, "360p/00000.m4s"))).toBe(404);
    expect(await fetchStatus(page, unsigned.replace(/[^/]+$/, "360p/index.m3u8"))).toBe(404);
    const framing = await studio.evaluate(async (address) => {
      const headers = (await fetch(address)).headers;
      return { length: headers.get("content-length"), encoding: headers.get("content-encoding") };
    }, hlsUrl);
    expect(framing.encoding).toBe("gzip");
    expect(Number(framing.length)).toBeGreaterThan(0);
    // The owner gets the very same address, so 404 was not for want of a file.
    expect(await fetchStatus(studio, unsigned.replace(/[^/]+$/, "360p/00000.m4s"))).toBe(200);
    await stranger.close();
  });

  test("made public, a stranger finds it on the home page and watches it", async () => {
    await setVisibility({ page: studio, videoId, choice: "Public" });
    const stranger = await browser.newContext();
    const page = await stranger.newPage();
    const faults = collectFaults(page);
    await page.goto(site.url);
    await page.locator(`a[href^="/watch/${videoId}"]`).first().click();
    await page.waitForURL(`**/watch/${videoId}**`);
    await playPast(page, 3);
    expect(faults).toEqual([]);
    await stranger.close();
  });
});
