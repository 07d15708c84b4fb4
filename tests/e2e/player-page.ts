import type { Page } from "playwright-core";
import type { VideoDto } from "#lib/videos/dto.ts";
import type { Site } from "#tests/setup/site.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

/** A video as the page's own person sees it. */
export const fetchDto = (page: Page, videoId: string): Promise<VideoDto> =>
  page.evaluate(async (id) => (await fetch(`/api/v1/videos/${id}`)).json(), videoId);

/** The player on a watch page. */
export const player = (page: Page) => page.locator(".player");

/** What the player says of itself: `state`, `problem`, `wait`, `quality`, `playing-quality`, `playing-rung`. */
export const attribute = (page: Page, name: string) => player(page).getAttribute(`data-${name}`);

/** Collects what a page reports as broken from now on. */
export const collectFaults = (page: Page): string[] => {
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(message.text());
  });
  return faults;
};

/** Opens the menu of qualities; gives its entries. */
export const openQualities = async (page: Page) => {
  await player(page).hover();
  await page.getByRole("button", { name: /^Quality/ }).click();
  return page.getByRole("menuitemradio");
};

/** The qualities that the menu offers now, best first. */
export const qualities = async (page: Page): Promise<string[]> => {
  const names = await (await openQualities(page)).allInnerTexts();
  await page.keyboard.press("Escape");
  return names.flatMap((name) => /^\s*(\d+p)/.exec(name)?.[1] ?? []);
};

/** Opens the page of a video that is being prepared and marks it, so that a reload would show. Gives what breaks on it. */
export const openWatchPage = async (input: { site: Site; page: Page; videoId: string }): Promise<string[]> => {
  const { site, page, videoId } = input;
  const faults = collectFaults(page);
  await page.goto(`${site.url}/watch/${videoId}`);
  await page.getByText("The video is being prepared").waitFor();
  await page.evaluate(() => document.documentElement.setAttribute("data-kept", "yes"));
  return faults;
};

/** Whether a page that `openWatchPage` opened has not been loaded again since. */
export const isKept = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.dataset["kept"] === "yes");

/** The worker's own processes stand still between this call and the returned one: what is made stays as it is. */
export const pauseWorker = async (site: Site): Promise<() => void> => {
  const pid = await site.workerPid();
  process.kill(pid, "SIGSTOP");
  return () => process.kill(pid, "SIGCONT");
};

/** Waits until the page's video has played to its end. */
export const playedOut = (page: Page): Promise<true> =>
  waitFor({
    what: "the end of the video",
    timeoutMs: 120_000,
    until: async () => (await attribute(page, "state")) === "ended",
  });
