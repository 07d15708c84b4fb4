import { eq } from "drizzle-orm";
import type { Browser, BrowserContext, Page, Request } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDb, db } from "#lib/db/client.ts";
import { playbackTokens } from "#lib/db/schema/index.ts";
import { overrideEnv } from "#lib/env.ts";
import { keyRing } from "#lib/playback/key-ring.ts";
import { signScope } from "#lib/playback/signature.ts";
import { callAs, openPlayer, playhead, publishClip } from "#tests/e2e/finished-video.ts";
import { type Clip, signUp } from "#tests/e2e/person.ts";
import { signedObjects } from "#tests/e2e/signed-objects.ts";
import { launchBrowser } from "#tests/setup/browser.ts";
import { type Site, startSite } from "#tests/setup/site.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

const authSecret = "only-for-tests-only-for-tests-only-for-tests";
const srt = "1\n00:00:00,000 --> 00:00:09,000\nGood morning\n";

let site: Site;
let browser: Browser;
let context: BrowserContext;
let studio: Page;
let videoId = "";
let otherId = "";

const privateClip = async (clip: Clip) => {
  const id = await publishClip({ site, page: studio, clip });
  await callAs(studio, { method: "PATCH", path: `/videos/${id}`, body: { visibility: "private" } });
  await callAs(studio, { method: "POST", path: `/videos/${id}/captions`, body: { language: "en", text: srt } });
  return id;
};

beforeAll(async () => {
  site = await startSite({ env: { AUTH_SECRET: authSecret } });
  overrideEnv({ DATABASE_URL: site.databaseUrl, DATA_DIR: site.dataDir, AUTH_SECRET: authSecret });
  browser = await launchBrowser();
  context = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 800 } });
  studio = await context.newPage();
  await signUp({ page: studio, site, name: "orysia" });
  otherId = await privateClip({ name: "other", size: "320x180", seconds: 4 });
  videoId = await privateClip({ name: "rotating", size: "320x180", seconds: 70, keyEvery: 100 });
});

afterAll(async () => {
  await browser?.close();
  await closeDb();
  await site?.stop();
});

const makeToken = async (id: string, seconds: number): Promise<{ id: string; token: string }> => {
  const expiresAt = new Date(Date.now() + seconds * 1000).toISOString();
  return callAs(studio, { method: "POST", path: `/videos/${id}/playback-tokens`, body: { expiresAt } });
};
const playbackBy = async (id: string, token: string) =>
  (await (await fetch(`${site.url}/api/v1/videos/${id}?token=${token}`)).json()).playback;
const signatureIn = (url: string) => url.split("/media/signed/")[1]?.split("/")[0] ?? "";
const statusesOf = async (objects: Record<string, string>, signature: (now: string) => string) =>
  Object.fromEntries(
    await Promise.all(
      Object.entries(objects).map(async ([kind, url]) => {
        const now = signatureIn(url);
        return [kind, (await fetch(url.replace(now, signature(now)))).status] as const;
      }),
    ),
  );

test("each kind of object that a real video has is 403 by a signature that is bad in any way", async () => {
  const { id: tokenId, token } = await makeToken(videoId, 3600);
  const objects = await signedObjects(site.url, await playbackBy(videoId, token));
  const all = (status: number) => Object.fromEntries(Object.keys(objects).map((kind) => [kind, status]));
  expect(Object.keys(objects)).toHaveLength(14);
  expect(new Set(Object.values(objects)).size).toBe(14);
  expect(await statusesOf(objects, (now) => now)).toEqual(all(200));
  const edited = (part: number, text: string) => (now: string) => now.split(".").with(part, text).join(".");
  const sign = (of: Partial<Parameters<typeof signScope>[0]["scope"]>) => (now: string) => {
    const [, , version = "", grant = ""] = now.split(".");
    const scope = { prefix: `runs/${videoId}/`, purpose: "playback" as const, expiresAtSeconds: 4_000_000_000, grant };
    const playbackVersion = Number.parseInt(version, 36);
    return signScope({ key: keyRing()[0], scope: { ...scope, playbackVersion, ...of } });
  };
  // The test signs as the site does, so that only what is told apart below is wrong.
  expect(await statusesOf(objects, sign({}))).toEqual(all(200));
  const foreign = signatureIn((await playbackBy(otherId, (await makeToken(otherId, 3600)).token)).hlsUrl);
  const bad: Record<string, (now: string) => string> = {
    "a later expiry": edited(1, (4_000_000_000).toString(36)),
    "another grant": edited(3, "s"),
    "another code": (now) => `${now.slice(0, -2)}${now.endsWith("AA") ? "BB" : "AA"}`,
    expired: sign({ expiresAtSeconds: Math.floor(Date.now() / 1000) - 1 }),
    "another purpose": sign({ purpose: "download" as "playback" }),
    "an earlier version": sign({ playbackVersion: 0 }),
    "another video's": () => foreign,
  };
  for (const [how, change] of Object.entries(bad))
    expect([how, await statusesOf(objects, change)]).toEqual([how, all(403)]);
  await callAs(studio, { method: "DELETE", path: `/videos/${videoId}/playback-tokens/${tokenId}` });
  await expect.poll(() => statusesOf(objects, (now) => now), { timeout: 10_000, interval: 100 }).toEqual(all(403));
  // Without any there is nothing; sound files are for downloads of public and unlisted videos alone.
  for (const url of Object.values(objects)) {
    expect((await fetch(url.replace(/\/signed\/[^/]+/, ""))).status, url).toBe(404);
  }
  expect((await fetch(`${site.url}/audio/${videoId}.mp3`)).status).toBe(404);
});

type Asked = { signature: string; status: number | null; at: number };

/** Every delivered object of the page from now on: by which signature and when it was asked for, and what the answer was. */
const watchMedia = (page: Page): Asked[] => {
  const asked = new Map<Request, Asked>();
  const list: Asked[] = [];
  page.on("request", (request) => {
    const signature = signatureIn(request.url());
    if (signature === "") return;
    const one = { signature, status: null, at: Date.now() };
    asked.set(request, one);
    list.push(one);
  });
  page.on("response", (response) => {
    Object.assign(asked.get(response.request()) ?? {}, { status: response.status() });
  });
  return list;
};

const segmentSeconds = 4;
const aheadSeconds = 14;

/** A network that brings segments only shortly before they are played, so that the player asks for some all the time. */
const trickle = async (page: Page): Promise<void> => {
  await page.route(/\/\d{5}\.m4s$/, async (route) => {
    const begins = Number(/(\d{5})\.m4s$/.exec(route.request().url())?.[1]) * segmentSeconds;
    const until = async () => page.isClosed() || (await playhead(page).catch(() => -1)) > begins - aheadSeconds;
    await waitFor({ what: "the playhead near a segment", timeoutMs: 120_000, everyMs: 100, until });
    if (!page.isClosed()) await route.continue();
  });
};

/** What the playhead does in the page itself, frame by frame: how far it ever went back, and how long it ever stood. */
const watchPlayhead = (page: Page) =>
  page.evaluate(() => {
    const video = document.querySelector<HTMLVideoElement>("media-controller video");
    if (video === null) throw new Error("a player");
    const seen = { backSeconds: 0, longestStopMs: 0, emptied: 0 };
    Object.assign(window, { seen });
    video.addEventListener("emptied", () => (seen.emptied += 1));
    let [last, since] = [video.currentTime, performance.now()];
    setInterval(() => {
      const [now, clock] = [video.currentTime, performance.now()];
      seen.backSeconds = Math.max(seen.backSeconds, last - now);
      if (now > last) since = clock;
      seen.longestStopMs = Math.max(seen.longestStopMs, clock - since);
      last = now;
    }, 50);
  });

const play = (page: Page) =>
  page.evaluate(async () => {
    const video = document.querySelector<HTMLVideoElement>("media-controller video");
    if (video === null) return;
    video.muted = true;
    await video.play();
  });
const playsPast = (page: Page, seconds: number) =>
  waitFor({
    what: `playing past ${seconds} s`,
    timeoutMs: 120_000,
    until: async () => (await playhead(page)) > seconds,
  });

test("a running player goes over to new addresses before the old ones end, and nobody notices", async () => {
  const page = await (await browser.newContext({ locale: "en-GB" })).newPage();
  await trickle(page);
  const { id, token } = await makeToken(videoId, 30);
  const asked = watchMedia(page);
  await openPlayer({ site, page, path: `/watch/${videoId}?token=${token}` });
  const old = asked[0]?.signature ?? "";
  const endsAt = Number.parseInt(old.split(".")[1] ?? "", 36) * 1000;
  await play(page);
  await watchPlayhead(page);
  // The token holds longer now, as signatures do of those who may see a video anyway: the next ones are made for that.
  const later = new Date(Date.now() + 3_600_000);
  await db().update(playbackTokens).set({ expiresAt: later }).where(eq(playbackTokens.id, id));
  await waitFor({
    what: "a segment with another signature",
    timeoutMs: 60_000,
    until: () => asked.some(({ signature }) => signature !== old),
  });
  const rotatedAt = asked.find(({ signature }) => signature !== old)?.at ?? 0;
  await waitFor({
    what: "segments after the old signature's end",
    timeoutMs: 60_000,
    until: () => asked.filter(({ at }) => at > endsAt + 2_000).length > 2,
  });
  await playsPast(page, (await playhead(page)) + 5);
  expect(rotatedAt).toBeLessThan(endsAt);
  expect(new Set(asked.filter(({ at }) => at > rotatedAt).map(({ signature }) => signature)).size).toBe(1);
  expect(asked.filter(({ status }) => status !== null && status !== 200)).toEqual([]);
  const seen = await page.evaluate(() => Reflect.get(window, "seen"));
  expect(seen).toMatchObject({ backSeconds: 0, emptied: 0 });
  expect(seen.longestStopMs).toBeLessThan(2_000);
  expect(await page.locator(".player").getByRole("alert").count()).toBe(0);
  await page.context().close();
});

test("who may see the video plays on after everything was revoked; who had a token learns that it is over", async () => {
  const own = await context.newPage();
  const theirs = await (await browser.newContext({ locale: "en-GB" })).newPage();
  const { token } = await makeToken(videoId, 3600);
  await Promise.all([trickle(own), trickle(theirs)]);
  await openPlayer({ site, page: own, path: `/watch/${videoId}` });
  await openPlayer({ site, page: theirs, path: `/watch/${videoId}?token=${token}` });
  const asked = watchMedia(own);
  await Promise.all([play(own), play(theirs)]);
  await Promise.all([playsPast(own, 2), playsPast(theirs, 2)]);
  await callAs(studio, { method: "DELETE", path: `/videos/${videoId}/playback-tokens` });
  const from = Date.now();
  await theirs.locator(".player").getByRole("alert").waitFor({ timeout: 90_000 });
  await waitFor({
    what: "segments by a new signature",
    timeoutMs: 60_000,
    until: () => asked.some(({ at, status }) => at > from && status === 200),
  });
  await playsPast(own, 20);
  expect(await own.locator(".player").getByRole("alert").count()).toBe(0);
  await theirs.context().close();
  await own.close();
});
