import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { lavfi, runTool } from "#tests/media/run-tool.ts";
import type { Site } from "#tests/setup/site.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

/** Everybody's password here. */
export const password = "correct horse battery 7";

/** A clip to be made; `keyEvery`: frames from one key frame to the next, where segments of the source must be short. */
export type Clip = { name: string; size: string; seconds: number; keyEvery?: number };

/** Makes a clip with a moving picture and a tone; gives its path. */
export const makeClip = async (clip: Clip): Promise<string> => {
  const path = join(tmpdir(), `kinora-e2e-${process.pid}-${clip.name}.mp4`);
  await runTool("ffmpeg", [
    ...lavfi(`testsrc2=s=${clip.size}:r=25:d=${clip.seconds}`),
    ...lavfi(`sine=f=440:d=${clip.seconds}`),
    ...["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac"],
    ...[...(clip.keyEvery === undefined ? [] : ["-g", String(clip.keyEvery)]), path],
  ]);
  return path;
};

/** Opens an account through the page and ends signed in. */
export const signUp = async (input: { page: Page; site: Site; name: string }): Promise<void> => {
  const { page, site, name } = input;
  await page.goto(`${site.url}/signup`);
  await page.getByLabel("E-mail").fill(`${name}@example.org`);
  await page.getByLabel("Username").fill(name);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Create account" }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/signup"));
};

const ownIds = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const { items } = await (await fetch("/api/v1/videos?mine=true&limit=100")).json();
    return items.map(({ id }: { id: string }) => id);
  });

/** Chooses a file in the studio and waits for its row, which is the first then; gives the row. */
export const chooseFile = async (input: { page: Page; site: Site; file: string }) => {
  const { page, site, file } = input;
  await page.goto(`${site.url}/studio`);
  const before = await ownIds(page);
  await page.locator("input[type=file]").first().setInputFiles(file);
  const row = page.locator("[data-video-status]").first();
  await waitFor({
    what: "the row of the chosen file",
    timeoutMs: 60_000,
    until: async () => (await row.count()) > 0 && !before.includes((await row.getAttribute("data-video-id")) ?? ""),
  });
  return row;
};

/** Sends JSON to the API as the page's own person; gives the answer. Fails unless it succeeds. */
export const postAs = (page: Page, call: { path: string; body: unknown }): Promise<unknown> =>
  page.evaluate(async ({ path, body }) => {
    const headers = { "Content-Type": "application/json" };
    const response = await fetch(`/api/v1${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  }, call);

/** What a `/media/…` playlist says, fetched inside the page with its cookies. */
export const fetchStatus = (page: Page, url: string): Promise<number> =>
  page.evaluate(async (address) => (await fetch(address)).status, url);

/** Waits until the page's video has played past `seconds`. */
export const playPast = async (page: Page, seconds: number): Promise<void> => {
  await page.locator("video").first().waitFor({ state: "attached" });
  await page.evaluate(async () => {
    const video = document.querySelector("video");
    if (video === null) return;
    video.muted = true;
    await video.play();
  });
  await waitFor({
    until: async () => {
      const at = await page.evaluate(() => document.querySelector("video")?.currentTime ?? 0);
      return at > seconds ? at : null;
    },
    what: `playing past ${seconds} s`,
    timeoutMs: 60_000,
  });
};
