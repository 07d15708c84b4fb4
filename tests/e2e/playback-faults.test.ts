import type { Browser, BrowserContext, Page, Route } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chooseFile, makeClip, signUp } from "#tests/e2e/person.ts";
import { attribute, player } from "#tests/e2e/player-page.ts";
import { launchBrowser } from "#tests/setup/browser.ts";
import { type Site, startSite } from "#tests/setup/site.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

/** Each of these runs in a page before its own scripts. */
const refuseH264 = () => {
  const knows = MediaSource.isTypeSupported.bind(MediaSource);
  MediaSource.isTypeSupported = (type) => !type.includes("avc1") && knows(type);
};
/** A browser that promises more than its decoder holds. */
const refuseBuffers = () => {
  const add = MediaSource.prototype.addSourceBuffer;
  MediaSource.prototype.addSourceBuffer = function (type) {
    if (type.includes("avc1")) throw new DOMException("not here", "NotSupportedError");
    return add.call(this, type);
  };
};
const refuseStreams = () => {
  Reflect.deleteProperty(window, "MediaSource");
  Reflect.deleteProperty(window, "ManagedMediaSource");
  HTMLMediaElement.prototype.canPlayType = () => "";
};
/** Plays only after a press, as browsers do where nobody has touched the page (what a test evaluates counts as a touch). */
const refuseAutoplay = () => {
  const play = HTMLMediaElement.prototype.play;
  let touched = false;
  window.addEventListener("pointerdown", () => {
    touched = true;
  });
  HTMLMediaElement.prototype.play = function () {
    return touched ? play.call(this) : Promise.reject(new DOMException("a gesture first", "NotAllowedError"));
  };
};

const segments = /\.m4s(\?|$)/;

describe("what the player says when a finished video does not play", () => {
  let site: Site;
  let browser: Browser;
  let context: BrowserContext;
  let videoId = "";

  beforeAll(async () => {
    site = await startSite();
    browser = await launchBrowser();
    context = await browser.newContext({ locale: "en-GB", viewport: { width: 1000, height: 700 } });
    const page = await context.newPage();
    await signUp({ page, site, name: "daryna" });
    const row = await chooseFile({
      page,
      site,
      file: await makeClip({ name: "faults", size: "854x480", seconds: 9.96 }),
    });
    await waitFor({
      what: "a ready video",
      timeoutMs: 120_000,
      until: async () => (await row.getAttribute("data-video-status")) === "ready",
    });
    videoId = (await row.getAttribute("data-video-id")) ?? "";
    await page.close();
  });

  afterAll(async () => {
    await browser?.close();
    await site?.stop();
  });

  const open = async (prepare: (page: Page) => Promise<unknown> = async () => undefined) => {
    const page = await context.newPage();
    await prepare(page);
    await page.goto(`${site.url}/watch/${videoId}`);
    await player(page).waitFor();
    return page;
  };
  /** A key is heard once the page's scripts run: they give the element its stream, or say at once why not. */
  const play = async (page: Page) => {
    await page.waitForFunction(() => document.querySelector(".player[data-problem], .player video[src]") !== null);
    await page.keyboard.press("k");
  };
  const untilProblem = (page: Page, problem: string) =>
    waitFor({
      what: `the problem "${problem}"`,
      timeoutMs: 60_000,
      until: async () => (await attribute(page, "problem")) === problem,
    });
  const spoken = (page: Page) => player(page).getByRole("alert").textContent();
  const moves = (page: Page) =>
    waitFor({
      what: "a picture that moves",
      timeoutMs: 60_000,
      until: () => page.evaluate(() => (document.querySelector("video")?.currentTime ?? 0) > 0.3),
    });

  for (const [name, refuse] of Object.entries({ refuseH264, refuseBuffers })) {
    test(`no rung's codec is known (${name}): it says so, names the codec, and offers no useless retry`, async () => {
      const page = await open((fresh) => fresh.addInitScript(refuse));
      await play(page);
      await untilProblem(page, "codec");
      expect(await spoken(page)).toMatch(/This browser cannot decode the video.*Firefox.*Codec: H\.264/s);
      expect(await page.getByRole("button", { name: "Try again" }).count()).toBe(0);
      await page.close();
    });
  }

  test("a browser without streams is told which ones have them", async () => {
    const page = await open((fresh) => fresh.addInitScript(refuseStreams));
    await untilProblem(page, "unsupported");
    expect(await spoken(page)).toContain("current version of Chrome");
    await page.close();
  });

  test("segments that are no media end in words, not in a wheel that turns", async () => {
    const page = await open((fresh) =>
      fresh.route(segments, (route) => route.fulfill({ status: 200, body: Buffer.alloc(20_000, 7) })),
    );
    await play(page);
    await untilProblem(page, "media");
    await page.getByRole("button", { name: "Try again" }).waitFor();
    await page.close();
  });

  for (const status of [404, 410]) {
    test(`segments that answer ${status}: a fresh address is asked for, then it says so, and Try again goes on`, async () => {
      let broken = true;
      const answer = (route: Route) => (broken ? route.fulfill({ status, body: "" }) : route.continue());
      const asked: string[] = [];
      const page = await open((fresh) => {
        fresh.on("request", (request) => asked.push(request.url()));
        return fresh.route(segments, answer);
      });
      await play(page);
      await untilProblem(page, "gone");
      expect(asked).toContain(`${site.url}/api/v1/videos/${videoId}`);
      expect(await spoken(page)).toContain("The video cannot be reached");
      broken = false;
      await page.getByRole("button", { name: "Try again" }).click();
      await moves(page);
      expect(await attribute(page, "problem")).toBeNull();
      await page.close();
    });
  }

  test("a lost network is told while it is tried again, and playing goes on when it is back", async () => {
    const page = await open();
    await page.route(segments, (route) => route.abort("internetdisconnected"));
    await page.evaluate(() => {
      const video = document.querySelector("video");
      if (video !== null) video.currentTime = 8;
    });
    await page.reload();
    await player(page).waitFor();
    await play(page);
    await waitFor({
      what: "words about the network",
      timeoutMs: 30_000,
      until: async () => (await attribute(page, "wait")) === "network",
    });
    await player(page).getByRole("status").filter({ hasText: "The connection is interrupted" }).waitFor();
    await untilProblem(page, "network");
    await page.unroute(segments);
    await page.evaluate(() => window.dispatchEvent(new Event("online")));
    await moves(page);
    expect(await attribute(page, "problem")).toBeNull();
    await page.close();
  });

  test("where a gesture is wanted first the play button stays, and a press plays", async () => {
    const page = await open((fresh) => fresh.addInitScript(refuseAutoplay));
    const button = player(page).getByRole("button", { name: "Play", exact: true }).first();
    await button.waitFor();
    await page.evaluate(() =>
      document
        .querySelector("video")
        ?.play()
        .catch(() => undefined),
    );
    expect(await attribute(page, "state")).toBe("idle");
    expect(await attribute(page, "problem")).toBeNull();
    await button.click();
    await moves(page);
    await page.close();
  });

  test("the length is there before anything is loaded, the same as on the video's card", async () => {
    const page = await open((fresh) => fresh.route(/\.(m3u8|m4s|mp4)(\?|$)/, () => undefined));
    expect(await page.locator(".player-time").textContent()).toBe("0:00 / 0:10");
    await page.goto(`${site.url}/studio`);
    await page.locator("[data-video-id]").getByText("0:10").first().waitFor();
    await page.close();
  });

  test("menus open on the choice that holds, move by arrows, and give the focus back", async () => {
    const page = await open();
    await play(page);
    await moves(page);
    const trigger = page.getByRole("button", { name: /^Speed/ });
    await trigger.focus();
    await page.keyboard.press("Enter");
    const focused = page.locator("[role=menuitemradio]:focus");
    await page.locator("[role=menuitemradio]:focus", { hasText: "Normal" }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.locator("[role=menuitemradio]:focus", { hasText: "1.25" }).waitFor();
    await page.keyboard.press("Enter");
    await waitFor({
      what: "the new speed",
      until: () => page.evaluate(() => document.querySelector("video")?.playbackRate === 1.25),
    });
    await page.locator("button:focus", { hasText: "1.25" }).waitFor();
    await page.keyboard.press("ArrowUp");
    await page.locator("[role=menuitemradio]:focus", { hasText: "1.25" }).waitFor();
    await page.keyboard.press("End");
    await page.locator("[role=menuitemradio]:focus", { hasText: "2" }).waitFor();
    await page.keyboard.press("Escape");
    await waitFor({ what: "a closed menu", until: async () => (await focused.count()) === 0 });
    expect(await page.evaluate(() => document.querySelector("video")?.playbackRate)).toBe(1.25);
    // With a mouse too.
    await page.getByRole("button", { name: /^Quality/ }).click();
    await page.locator("[role=menuitemradio]:focus", { hasText: "Auto" }).waitFor();
    await page.close();
  });
});
