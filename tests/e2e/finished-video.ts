import type { Page } from "playwright-core";
import { type Clip, chooseFile, makeClip } from "#tests/e2e/person.ts";
import type { Site } from "#tests/setup/site.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

/** Calls the API as the page's own person; gives the answer, or null for one without a body. Fails unless it succeeds. */
export const callAs = (page: Page, call: { method: string; path: string; body?: unknown }) =>
  page.evaluate(async ({ method, path, body }) => {
    const response = await fetch(`/api/v1${path}`, {
      method,
      headers: body === undefined ? {} : { "Content-Type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === "" ? null : JSON.parse(text);
  }, call);

/** Uploads a clip in the studio, waits until it is ready and makes it public; gives its id. */
export const publishClip = async (input: { site: Site; page: Page; clip: Clip }): Promise<string> => {
  const { site, page, clip } = input;
  const row = await chooseFile({ page, site, file: await makeClip(clip) });
  await waitFor({
    what: "a ready video",
    timeoutMs: 120_000,
    until: async () => (await row.getAttribute("data-video-status")) === "ready",
  });
  const videoId = (await row.getAttribute("data-video-id")) ?? "";
  await callAs(page, { method: "PATCH", path: `/videos/${videoId}`, body: { visibility: "public", title: clip.name } });
  return videoId;
};

/** Opens a watch page in an own tab and waits until its player knows the video. */
export const openPlayer = async (input: { site: Site; page: Page; path: string }): Promise<void> => {
  const { site, page, path } = input;
  await page.goto(`${site.url}${path}`);
  await page.waitForFunction(() => {
    const video = document.querySelector<HTMLVideoElement>("media-controller video");
    return video !== null && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA;
  });
};

/** Where the page's player is, in seconds. */
export const playhead = (page: Page): Promise<number> =>
  page.evaluate(() => document.querySelector<HTMLVideoElement>("media-controller video")?.currentTime ?? -1);

/** Sends the player somewhere and waits until its picture is there; it stands then. */
export const standAt = async (page: Page, seconds: number): Promise<void> => {
  await page.evaluate((target) => {
    const video = document.querySelector<HTMLVideoElement>("media-controller video");
    video?.pause();
    if (video !== null) video.currentTime = target;
  }, seconds);
  await page.waitForFunction((target) => {
    const video = document.querySelector<HTMLVideoElement>("media-controller video");
    return video !== null && !video.seeking && Math.abs(video.currentTime - target) < 0.01;
  }, seconds);
};
