import type { Browser, BrowserContext, Frame, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { callAs, publishClip } from "#tests/e2e/finished-video.ts";
import { startOtherOrigin } from "#tests/e2e/other-origin.ts";
import { signUp } from "#tests/e2e/person.ts";
import { launchBrowser } from "#tests/setup/browser.ts";
import { type Site, startSite } from "#tests/setup/site.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

const srt = "1\n00:00:00,000 --> 00:00:19,000\nДоброго ранку\n";

let site: Site;
let other: Awaited<ReturnType<typeof startOtherOrigin>>;
let browser: Browser;
let studio: Page;
let context: BrowserContext;
let page: Page;
let videoId = "";

beforeAll(async () => {
  [site, other] = await Promise.all([startSite(), startOtherOrigin()]);
  // Names of sites as people have them, on the port that a name alone means.
  const names = ["blog.example", "www.school.example", "stranger.example"];
  browser = await launchBrowser([
    `--host-resolver-rules=${names.map((name) => `MAP ${name}:80 127.0.0.1:${other.port}`).join(", ")}`,
  ]);
  studio = await (await browser.newContext({ locale: "en-GB" })).newPage();
  await signUp({ page: studio, site, name: "yaryna" });
  videoId = await publishClip({ site, page: studio, clip: { name: "lastivka", size: "320x180", seconds: 20 } });
  await callAs(studio, { method: "POST", path: `/videos/${videoId}/captions`, body: { language: "uk", text: srt } });
});

afterAll(async () => {
  await browser?.close();
  await other?.stop();
  await site?.stop();
});

beforeEach(async () => {
  await context?.close();
  // A browser that was never here: no cookie, no choice of earlier.
  context = await browser.newContext({ locale: "en-GB" });
  page = await context.newPage();
});

/** Opens a page of another site with the embed in a frame, and gives the frame. */
const framed = async ({ host = "blog.example", query = "", id = videoId } = {}): Promise<Frame> => {
  const src = `${site.url}/embed/${id}${query}`;
  await page.goto(`http://${host}/?src=${encodeURIComponent(src)}`);
  const frame = page.frames()[1];
  if (frame === undefined) throw new Error("The page has no frame.");
  return frame;
};

/** What the frame's player is like; null while there is none. */
const stateOf = (frame: Frame) =>
  frame.evaluate(() => {
    const video = document.querySelector<HTMLVideoElement>("media-controller video");
    if (video === null || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return null;
    const { currentTime, paused, muted } = video;
    return { currentTime, paused, muted };
  });
const playerIn = (frame: Frame) =>
  waitFor({ what: "a picture in the frame", timeoutMs: 60_000, until: () => stateOf(frame) });
const plays = (frame: Frame, past: number) =>
  waitFor({
    what: `the frame's video past ${past} s`,
    timeoutMs: 60_000,
    until: async () => ((await stateOf(frame))?.currentTime ?? -1) > past,
  });
const share = (body: unknown) => callAs(studio, { method: "PUT", path: "/channels/yaryna/sharing", body });

describe("the sites that a channel allows", () => {
  const listed = { embedding: "listed", sites: ["blog.example", "*.school.example"] };

  test("play its videos in their pages; the browser shows them on no other site", async () => {
    await share(listed);
    for (const host of ["blog.example", "www.school.example"]) {
      await plays(await framed({ host, query: "?autoplay=1&muted=1" }), 0.5);
    }
    const refusals: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error") refusals.push(message.text());
    });
    const frame = await framed({ host: "stranger.example", query: "?autoplay=1&muted=1" });
    await waitFor({
      what: "the browser's refusal",
      until: () => refusals.some((text) => text.includes("frame-ancestors")),
    });
    expect(frame.url()).toMatch(/^chrome-error:/);
    expect(await frame.locator("video").count()).toBe(0);
    // What was listed is asked anew each time.
    await share({ embedding: "anywhere", sites: [] });
    await plays(await framed({ host: "stranger.example", query: "?autoplay=1&muted=1" }), 0.5);
  });

  test("frame embeds alone: neither the watch page nor any other one", async () => {
    for (const path of [`/watch/${videoId}`, "/", "/login"]) {
      await page.goto(`http://blog.example/?src=${encodeURIComponent(site.url + path)}`);
      const frame = page.frames()[1];
      await waitFor({ what: `a refused ${path}`, until: () => frame?.url().startsWith("chrome-error:") ?? null });
    }
  });

  test("are none where the owner wants no embeds: the frame says so and leads to the watch page", async () => {
    await share({ embedding: "nowhere", sites: [] });
    const frame = await framed();
    await frame.getByRole("heading", { name: "No embeds of this video" }).waitFor();
    expect(await frame.getByRole("link", { name: "Watch it on its own page" }).getAttribute("href")).toBe(
      `/watch/${videoId}`,
    );
    expect(await frame.locator("video").count()).toBe(0);
    await share({ embedding: "anywhere", sites: [] });
  });
});

describe("an embed's address", () => {
  test("without options shows the picture and waits, with a bar and with sound", async () => {
    const frame = await framed();
    expect(await playerIn(frame)).toEqual({ currentTime: 0, paused: true, muted: false });
    expect(await frame.locator("media-time-range").count()).toBe(1);
    expect((await context.cookies()).filter(({ name }) => name.includes("session"))).toEqual([]);
  });

  test("says where it begins and ends, that it plays by itself, without sound, and round and round", async () => {
    const frame = await framed({ query: "?start=0m12s&end=14&autoplay=1&muted=1&loop=1" });
    await plays(frame, 12.2);
    expect((await stateOf(frame))?.muted).toBe(true);
    const seen: number[] = [];
    await waitFor({
      what: "the same seconds again",
      timeoutMs: 30_000,
      until: async () => {
        seen.push((await stateOf(frame))?.currentTime ?? 12);
        return seen.some((at, index) => at < (seen[index - 1] ?? 0) - 0.5);
      },
    });
    expect(Math.min(...seen)).toBeGreaterThanOrEqual(11.9);
    expect(Math.max(...seen)).toBeLessThan(15);
  });

  test("stops at its end without a loop", async () => {
    const frame = await framed({ query: "?t=10&end=11.5&autoplay=1&muted=1" });
    await plays(frame, 11.4);
    const stopped = await waitFor({
      what: "a stop",
      until: async () => (await stateOf(frame))?.paused === true && stateOf(frame),
    });
    expect(stopped.currentTime).toBeLessThan(12.5);
  });

  test("takes the bar away, shows captions of a language and colours the bar", async () => {
    const bare = await framed({ query: "?controls=0" });
    await playerIn(bare);
    expect(await bare.locator("media-time-range").count()).toBe(0);
    const frame = await framed({ query: "?start=3&captions=uk&color=success" });
    await playerIn(frame);
    await frame.getByText("Доброго ранку").first().waitFor();
    const accent = await frame.locator(".player").evaluate((player) => {
      const style = getComputedStyle(player);
      return [style.getPropertyValue("--player-accent").trim(), style.getPropertyValue("--player-success").trim()];
    });
    expect(accent[0]).toBe(accent[1]);
    expect(accent[0]).not.toBe("");
  });
});

describe("a private video", () => {
  test("is a polite page in a frame, the same as one that is not there; a token for a site opens it on that site only", async () => {
    await callAs(studio, { method: "PATCH", path: `/videos/${videoId}`, body: { visibility: "private" } });
    for (const id of [videoId, "01a20107-ecbb-7202-952b-71aa5b2fdc91"]) {
      const frame = await framed({ id });
      await frame.getByRole("heading", { name: "This video is not available" }).waitFor();
      expect(await frame.locator("body").textContent()).not.toContain("lastivka");
    }
    const body = { expiresAt: new Date(Date.now() + 600_000).toISOString(), sites: ["blog.example"] };
    const { token } = await callAs(studio, { method: "POST", path: `/videos/${videoId}/playback-tokens`, body });
    const query = `?token=${token}&autoplay=1&muted=1`;
    await plays(await framed({ query }), 0.5);
    const refused = await framed({ host: "stranger.example", query });
    await waitFor({ what: "a refused frame", until: () => refused.url().startsWith("chrome-error:") });
    const edited = await framed({ query: `?token=${token.slice(0, -2)}AA` });
    await edited.getByRole("heading", { name: "This address opens nothing any more" }).waitFor();
  });
});
