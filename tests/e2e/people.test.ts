import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { callAs, openPlayer, playhead, publishClip } from "#tests/e2e/finished-video.ts";
import { playPast, signUp } from "#tests/e2e/person.ts";
import { launchBrowser } from "#tests/setup/browser.ts";
import { type Site, startSite } from "#tests/setup/site.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

let site: Site;
let browser: Browser;
let owner: Page;
let page: Page;
let ids: string[] = [];

const open = async (name: string) => {
  const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 900 } });
  const own = await context.newPage();
  await signUp({ page: own, site, name });
  return own;
};

beforeAll(async () => {
  site = await startSite();
  browser = await launchBrowser();
  owner = await open("halyna");
  ids = [];
  for (const name of ["first", "second"]) {
    ids.push(await publishClip({ site, page: owner, clip: { name, size: "320x180", seconds: 40 } }));
  }
  page = await open("ivan");
});

afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

const watch = (at = 0) => openPlayer({ site, page, path: `/watch/${ids[at]}` });

test("a like, a subscription and a comment stay; a time in it seeks", async () => {
  await watch();
  await page
    .getByRole("button", { name: /^Like, / })
    .first()
    .click();
  await page.getByRole("button", { name: "Like, 1 like", pressed: true }).waitFor();
  await page.getByRole("button", { name: "Subscribe", exact: true }).click();
  await page.getByRole("button", { name: "Subscription to halyna" }).waitFor();
  await page.getByLabel("Write a comment").fill("The best is at 0:21");
  await page.getByRole("button", { name: "Comment", exact: true }).click();
  await waitFor({
    what: "the comment to be kept",
    until: async () =>
      (await callAs(page, { method: "GET", path: `/videos/${ids[0]}/comments` })).items[0]?.text ===
      "The best is at 0:21",
  });
  await watch();
  await page.getByRole("button", { name: "Like, 1 like", pressed: true }).waitFor();
  await page.getByRole("article").getByText("0:21").click();
  await waitFor({ what: "the named second", until: async () => Math.abs((await playhead(page)) - 21) < 1.5 });
});

test("what waits is let through in the studio", async () => {
  await callAs(owner, { method: "PATCH", path: `/videos/${ids[1]}/comments`, body: { mode: "held" } });
  await callAs(page, { method: "POST", path: `/videos/${ids[1]}/comments`, body: { text: "Waits for you" } });
  await owner.goto(`${site.url}/studio/comments`);
  await owner.getByText("Waits for you").waitFor();
  await owner.getByRole("button", { name: "Let it through: comment by ivan" }).click();
  await owner.getByText("The comment is there for everybody.").waitFor();
  const { items } = await callAs(page, { method: "GET", path: `/videos/${ids[1]}/comments` });
  expect(items).toMatchObject([{ text: "Waits for you", state: "shown" }]);
});

test("a playlist keeps its order by keyboard, and watch later its video", async () => {
  const list = await callAs(page, {
    method: "POST",
    path: "/me/playlists",
    body: { title: "Both", visibility: "private" },
  });
  for (const at of [0, 1]) {
    await watch(at);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByRole("checkbox", { name: "Both" }).click();
    if (at === 1) await page.getByRole("checkbox", { name: "Watch later" }).click();
    await waitFor({
      what: "the video in the playlist",
      until: async () =>
        (await callAs(page, { method: "GET", path: `/playlists/${list.id}/items` })).items.length === at + 1,
    });
  }
  await page.goto(`${site.url}/playlists/${list.id}`);
  const handle = page.getByRole("button", { name: /^Move “second”/ });
  await handle.focus();
  for (const key of ["Enter", "ArrowUp", "Enter"]) await page.keyboard.press(key);
  await waitFor({
    what: "the new order",
    until: async () => {
      const { items } = await callAs(page, { method: "GET", path: `/playlists/${list.id}/items` });
      return items.map(({ video }: { video: { id: string } }) => video.id).join() === [ids[1], ids[0]].join();
    },
  });
  await page.goto(`${site.url}/watch-later`);
  await page.getByRole("link", { name: "second" }).first().waitFor();
});

test("the history fills, goes on from home, pauses and is cleared", async () => {
  await watch();
  await playPast(page, 8);
  await page.keyboard.press("k");
  await waitFor({
    what: "the position in the history",
    until: async () => {
      const { items } = await callAs(page, { method: "GET", path: "/me/history" });
      return items.some(
        ({ video, positionMs }: { video: { id: string }; positionMs: number }) =>
          video.id === ids[0] && positionMs >= 8_000,
      );
    },
  });
  await page.goto(`${site.url}/`);
  await page.getByRole("region", { name: "Continue watching" }).getByRole("link", { name: "first" }).waitFor();
  await page.getByRole("region", { name: "From your subscriptions" }).waitFor();
  await page.goto(`${site.url}/history`);
  await page.getByRole("link", { name: "first" }).first().waitFor();
  await page.getByRole("button", { name: "Pause history" }).click();
  await page.getByRole("button", { name: "Go on with it" }).waitFor();
  await page.getByRole("button", { name: "Clear history" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Clear history" }).click();
  await page.getByText("Your history is paused").first().waitFor();
  expect((await callAs(page, { method: "GET", path: "/me/history" })).items).toEqual([]);
});
