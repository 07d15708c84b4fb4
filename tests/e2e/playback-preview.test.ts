import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openUpload } from "#tests/e2e/api-upload.ts";
import { signUp } from "#tests/e2e/person.ts";
import {
  attribute,
  collectFaults,
  fetchDto,
  isKept,
  pauseWorker,
  playedOut,
  player,
  qualities,
} from "#tests/e2e/player-page.ts";
import { jumps, makeNumberedClip, shownFrames, watchFrames } from "#tests/e2e/time-code.ts";
import { runTool } from "#tests/media/run-tool.ts";
import { launchBrowser } from "#tests/setup/browser.ts";
import { type Site, startSite } from "#tests/setup/site.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

const seconds = 40;
const words = "1\n00:00:00,500 --> 00:00:39,000\nПривіт\n";
const chapters = ["Вступ", "Далі", "Кінець"];

/** An MKV whose picture no browser knows, with captions and chapters beside it. */
const addTexts = async (file: string): Promise<string> => {
  const name = (ending: string) => join(tmpdir(), `kinora-e2e-${process.pid}-texts.${ending}`);
  const marks = chapters.map(
    (title, index) =>
      `[CHAPTER]\nTIMEBASE=1/1000\nSTART=${index * 13_000}\nEND=${(index + 1) * 13_000}\ntitle=${title}\n`,
  );
  await writeFile(name("srt"), words);
  await writeFile(name("txt"), `;FFMETADATA1\n${marks.join("")}`);
  await runTool("ffmpeg", [
    ...["-i", file, "-i", name("srt"), "-i", name("txt"), "-map", "0", "-map", "1", "-map_chapters", "2"],
    ...["-c", "copy", "-c:s", "srt", "-metadata:s:s:0", "language=ukr", name("mkv")],
  ]);
  return name("mkv");
};

describe("a video that no browser can play as it came", () => {
  let site: Site;
  let browser: Browser;
  let context: BrowserContext;
  let file: string;
  const resumes: (() => void)[] = [];

  beforeAll(async () => {
    site = await startSite({ env: { WORKER_CONCURRENCY: "1" } });
    browser = await launchBrowser();
    context = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 800 } });
    await signUp({ page: await context.newPage(), site, name: "taras" });
    const codecs = ["-c:v", "mpeg4", "-q:v", "5", "-bf", "0", "-c:a", "libmp3lame"];
    file = await makeNumberedClip({ name: "asp", size: "1280x720", seconds, container: "avi", codecs });
  });

  afterAll(async () => {
    for (const resume of resumes) resume();
    await browser?.close();
    await site?.stop();
  });

  const openPage = async (videoId: string): Promise<{ page: Page; faults: string[] }> => {
    const page = await context.newPage();
    const faults = collectFaults(page);
    await page.goto(`${site.url}/watch/${videoId}`);
    await page.getByText("The file is still on its way").waitFor();
    await page.evaluate(() => document.documentElement.setAttribute("data-kept", "yes"));
    return { page, faults };
  };

  test("the first frame comes by itself, the menu grows while it plays, and it goes on to the end", async () => {
    const { videoId, send } = await openUpload({ site, context, file });
    const { page, faults } = await openPage(videoId);
    await send();
    await waitFor({
      what: "a picture that moves without a press of a button",
      timeoutMs: 120_000,
      until: async () =>
        (await player(page).count()) > 0 &&
        (await page.evaluate(() => (document.querySelector("video")?.currentTime ?? 0) > 0.5)),
    });
    await watchFrames(page);
    const early = await fetchDto(page, videoId);
    expect(early.status).toBe("processing");
    expect(early.renditions.map(({ name }) => name)).not.toContain("source");
    expect(await attribute(page, "playing-quality")).toBe("360p");
    expect(await page.evaluate(() => document.querySelector("video")?.duration)).toBeCloseTo(seconds, 0);
    // The bar hides by itself while it plays.
    await page.getByText(/^0:\d\d \/ 0:40$/).waitFor({ state: "attached" });

    await waitFor({
      what: "a longer menu of qualities",
      timeoutMs: 180_000,
      until: async () => (await qualities(page)).length >= 3,
    });
    await playedOut(page);
    const frames = await shownFrames(page);
    expect(jumps(frames)).toEqual([]);
    expect(frames.at(-1)?.mediaSeconds).toBeGreaterThan(seconds - 1);
    expect(await isKept(page)).toBe(true);
    expect(faults).toEqual([]);
    await page.close();
  });

  test("captions and chapters are there as soon as they are read, while the run goes on", async () => {
    const { videoId, send } = await openUpload({ site, context, file: await addTexts(file) });
    const { page, faults } = await openPage(videoId);
    await send();
    await waitFor({
      what: "words of the file, and a picture",
      timeoutMs: 120_000,
      until: async () => {
        const { playable, playback } = await fetchDto(page, videoId);
        return playable && playback.captions.length > 0;
      },
    });
    resumes.push(await pauseWorker(site));
    expect((await fetchDto(page, videoId)).status).toBe("processing");

    const list = page.getByRole("region", { name: "Chapters" });
    await list.waitFor();
    expect(await list.getByRole("link").count()).toBe(chapters.length);
    await player(page).hover();
    await page.getByRole("button", { name: /^Chapters/ }).waitFor();
    await page.getByRole("button", { name: /^Captions/ }).click();
    await page.getByRole("menuitemradio", { name: "Українська" }).click();
    await page.locator(".player-cue", { hasText: "Привіт" }).waitFor();
    expect(await isKept(page)).toBe(true);
    expect(faults).toEqual([]);
    await page.close();
  });
});
