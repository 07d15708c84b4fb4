import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chooseFile, makeClip, signUp } from "#tests/e2e/person.ts";
import { launchBrowser } from "#tests/setup/browser.ts";
import { type Site, startSite } from "#tests/setup/site.ts";

/** More than the six connections that a browser opens to a site over HTTP/1.1, each of which a stream would hold. */
const tabCount = 9;

let site: Site;
let browser: Browser;
let file = "";

beforeAll(async () => {
  site = await startSite();
  browser = await launchBrowser();
  file = await makeClip({ name: "tabs", size: "320x180", seconds: 2 });
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

const openTab = async (context: BrowserContext, path: string): Promise<Page> => {
  const page = await context.newPage();
  await page.goto(`${site.url}${path}`);
  return page;
};

const unread = (page: Page) => page.getByRole("button", { name: /^Notifications, \d+ unread$/ });

const uploads = async (context: BrowserContext) => {
  const studio = await context.newPage();
  const row = await chooseFile({ page: studio, site, file });
  await row.and(studio.locator("[data-video-status=ready]")).waitFor({ timeout: 120_000 });
  return row.getAttribute("data-video-id");
};

test("many tabs of one browser share a stream: pages load, requests are answered, and all hear of what happens", async () => {
  const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 800 } });
  await signUp({ page: await context.newPage(), site, name: "many" });
  const tabs: Page[] = [];
  for (let n = 0; n < tabCount; n += 1) tabs.push(await openTab(context, n % 3 === 0 ? "/studio" : "/"));
  const videoId = await uploads(context);
  for (const tab of tabs) await unread(tab).waitFor();
  // A table in another tab has the new row too.
  await tabs[0]?.locator(`[data-video-id="${videoId}"][data-video-status=ready]`).waitFor();
  // One that leaves its page takes part again with the next.
  await tabs[1]?.goto(`${site.url}/search`);
  for (const tab of tabs) {
    expect(await tab.evaluate(async () => (await fetch("/api/v1/videos?mine=true")).status)).toBe(200);
  }
  await tabs[0]?.evaluate(() =>
    fetch("/api/v1/me/notifications/read", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ all: true }),
    }),
  );
  for (const tab of tabs) await tab.getByRole("button", { name: "Notifications", exact: true }).waitFor();
  await context.close();
});

test("a browser without shared workers hears of it as well", async () => {
  const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 800 } });
  await context.addInitScript(() => {
    Reflect.deleteProperty(window, "SharedWorker");
  });
  await signUp({ page: await context.newPage(), site, name: "alone" });
  const home = await openTab(context, "/");
  await uploads(context);
  await unread(home).waitFor();
  await context.close();
});
