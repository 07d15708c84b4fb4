import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { callAs, publishClip } from "#tests/e2e/finished-video.ts";
import { signUp } from "#tests/e2e/person.ts";
import { launchBrowser } from "#tests/setup/browser.ts";
import { type Site, startSite } from "#tests/setup/site.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

let site: Site;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let videoId = "";

beforeAll(async () => {
  site = await startSite();
  browser = await launchBrowser();
  const own = await browser.newContext({ locale: "en-GB" });
  const studio = await own.newPage();
  await signUp({ page: studio, site, name: "ostap" });
  videoId = await publishClip({ site, page: studio, clip: { name: "suggested", size: "320x180", seconds: 4 } });
  const about = { title: "Varenyky with cherries", category: "food", tags: ["Sweet dough"], language: "en" };
  await callAs(studio, { method: "PATCH", path: `/videos/${videoId}`, body: about });
  await waitFor({
    what: "the index to know the video",
    until: async () =>
      (await callAs(studio, { method: "GET", path: "/search?q=varenyky&category=food" })).items.length === 1,
  });
  await own.close();
});

afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

beforeEach(async () => {
  await context?.close();
  context = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 800 } });
  page = await context.newPage();
  await page.goto(site.url);
});

const box = () => page.getByRole("combobox", { name: "Search" }).first();
const options = () => page.getByRole("option");
const marked = () => page.getByRole("option", { selected: true });
const type = async (text: string) => {
  await box().click();
  await box().pressSequentially(text);
  await options().first().waitFor();
};

test("suggestions are chosen with the arrow keys and Enter; Escape closes first and clears then", async () => {
  await type("varen");
  expect(await box().getAttribute("aria-expanded")).toBe("true");
  await box().press("ArrowDown");
  expect(await box().getAttribute("aria-activedescendant")).toBe(await marked().getAttribute("id"));
  await box().press("Home");
  expect(await marked().count()).toBe(0);
  await box().press("ArrowUp");
  expect(await marked().getAttribute("id")).toBe(await options().last().getAttribute("id"));
  await box().press("Escape");
  expect(await options().count()).toBe(0);
  expect(await box().inputValue()).toBe("varen");
  await box().press("Escape");
  expect(await box().inputValue()).toBe("");
  await type("varen");
  await box().press("ArrowDown");
  const video = page.getByRole("option", { name: /Varenyky with cherries/ });
  await video.waitFor();
  while ((await marked().getAttribute("id")) !== (await video.getAttribute("id"))) await box().press("ArrowDown");
  await box().press("Enter");
  await page.waitForURL(`**/watch/${videoId}`);
});

test("a mouse chooses too, nothing moves meanwhile, and the last searches come back until they are cleared", async () => {
  const top = () => page.evaluate(() => document.querySelector("main")?.getBoundingClientRect().top);
  const before = await top();
  await type("varen");
  expect(await top()).toBe(before);
  await options()
    .filter({ hasNotText: /Video|Channel/ })
    .first()
    .click();
  await page.waitForURL((url) => url.pathname === "/search" && url.searchParams.get("q") === "varenyky");
  await box().fill("");
  await page.getByRole("option", { name: /varenyky/ }).waitFor();
  await page.getByRole("option", { name: "Clear recent searches" }).click();
  await box().blur();
  await box().focus();
  expect(await options().count()).toBe(0);
});

test("Enter searches for what is typed, and asks for suggestions at most once on the way", async () => {
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/api/v1/search/suggest")) asked.push(request.url());
  });
  await box().fill("cherries");
  await box().press("Enter");
  await page.waitForURL("**/search?q=cherries");
  await page
    .getByRole("link", { name: /Varenyky with cherries/ })
    .first()
    .waitFor();
  expect(asked.length).toBeLessThanOrEqual(1);
});

/** What a robot is told that loads the present address: one canonical address, and whether to list it. */
const forRobots = async () => {
  const html = await (await page.request.get(page.url())).text();
  const canonical = [...html.matchAll(/<link rel="canonical" href="([^"]*)"/g)].map(
    ([, href = ""]) => new URL(href).pathname,
  );
  return { canonical, isListed: !/<meta name="robots" content="[^"]*noindex/.test(html) };
};

test("the home page and the search page tell search engines their whole address, what was found is not theirs", async () => {
  await page.goto(`${site.url}/`);
  expect(await forRobots()).toEqual({ canonical: ["/"], isListed: true });
  await page.goto(`${site.url}/search`);
  expect(await forRobots()).toEqual({ canonical: ["/search"], isListed: true });
  await page.goto(`${site.url}/search?q=cherries`);
  expect(await forRobots()).toEqual({ canonical: [], isListed: false });
  await page.goto(`${site.url}/`);
});

test("categories and tags lead to their videos, with filters and one canonical address", async () => {
  await page.getByRole("navigation", { name: "Categories" }).getByRole("link", { name: "Food" }).click();
  await page.waitForURL("**/categories/food");
  await page.getByRole("heading", { level: 1, name: "Food" }).waitFor();
  await page.getByText("Filters").click();
  await page.getByRole("link", { name: /Under 4 minutes/ }).click();
  await page.waitForURL("**/categories/food?duration=short");
  expect(await forRobots()).toEqual({ canonical: ["/categories/food"], isListed: false });
  await page.getByRole("link", { name: "Varenyky with cherries" }).click();
  await page.getByRole("link", { name: "#Sweet dough" }).click();
  await page.waitForURL("**/tags/Sweet%20dough");
  expect(await forRobots()).toEqual({ canonical: ["/tags/sweet%20dough"], isListed: true });
  await page.getByRole("link", { name: "Varenyky with cherries" }).waitFor();
  for (const path of ["/categories/nothing", "/tags/%20"]) {
    expect((await page.goto(`${site.url}${path}`))?.status(), path).toBe(404);
  }
  for (const path of ["/categories", "/trending", "/tags/nobody-has-this"]) {
    expect((await page.goto(`${site.url}${path}`))?.status(), path).toBe(200);
  }
});
