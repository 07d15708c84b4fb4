import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chooseFile, makeClip, postAs, signUp } from "#tests/e2e/person.ts";
import { launchBrowser } from "#tests/setup/browser.ts";
import { type Site, startSite } from "#tests/setup/site.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const themes = ["dark", "light"] as const;
const widths = [390, 1280];

/**
 * What axe finds wrong on a page, as `rule: element`. In legacy mode, which leaves frames of other origins out: without it
 * every look opens a page of its own to put its parts together, and there are no such frames.
 */
const violations = async (page: Page): Promise<string[]> => {
  const { violations: found } = await new AxeBuilder({ page }).setLegacyMode().withTags(rules).analyze();
  return found.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")}`));
};

const noSuchPage = "/no-such-page";

const settingsPaths = [
  "/settings/channels",
  "/settings/channels/anna",
  "/settings/webhooks",
  "/settings/usage",
  "/settings/tokens",
  "/settings/notifications",
  "/notifications",
  "/subscriptions",
  "/library",
  "/watch-later",
  "/liked",
  "/history",
  "/studio/comments?state=shown",
];

const strangerPaths = [
  "/",
  "/login",
  "/signup",
  "/search?q=x",
  "/trending",
  "/categories",
  "/categories/food",
  "/tags/x",
  "/docs/api",
  "/docs/api/videos",
  noSuchPage,
];

describe("axe finds nothing", () => {
  let site: Site;
  let browser: Browser;
  let person: BrowserContext;
  let watchPath = "";
  let editorPath = "";

  beforeAll(async () => {
    site = await startSite();
    browser = await launchBrowser();
    person = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 800 } });
    const page = await person.newPage();
    await signUp({ page, site, name: "anna" });
    const file = await makeClip({ name: "axe", size: "640x360", seconds: 3 });
    const row = await chooseFile({ page, site, file });
    await waitFor({
      what: "a ready video",
      timeoutMs: 120_000,
      until: async () => (await row.getAttribute("data-video-status")) === "ready",
    });
    const id = await row.getAttribute("data-video-id");
    // Lists with something in them, and what only shows with several channels.
    await postAs(page, { path: "/channels", body: { handle: "anna-two", name: "Anna’s other channel" } });
    await postAs(page, { path: "/channels/anna/invitations", body: { email: "boris@example.org", role: "editor" } });
    await postAs(page, { path: "/me/tokens", body: { name: "Script", scopes: ["videos:read"], expiresInDays: 30 } });
    const hook = { url: "https://hooks.example.org/kinora", events: ["video.ready"], channelId: null };
    await postAs(page, { path: "/me/webhooks", body: hook });
    await postAs(page, { path: `/videos/${id}/comments`, body: { text: "The best is at 0:02" } });
    await postAs(page, { path: "/me/playlists", body: { title: "Films", visibility: "public" } });
    watchPath = `/watch/${id}`;
    editorPath = `/studio/videos/${id}`;
    await page.close();
  });

  afterAll(async () => {
    await browser?.close();
    await site?.stop();
  });

  /** Looks at a page in both themes and at two widths; every width is a visit of its own, since pages load by it. */
  const look = async (context: BrowserContext, path: string): Promise<string[]> => {
    const page = await context.newPage();
    const found: string[] = [];
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 });
      for (const theme of themes) {
        await context.addCookies([{ name: "theme", value: theme, url: site.url }]);
        const answer = await page.goto(`${site.url}${path}`, { waitUntil: "load" });
        expect(answer?.status(), path).toBe(path === noSuchPage ? 404 : 200);
        await page.locator("h1").first().waitFor({ state: "attached" });
        expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe(theme);
        const first = await violations(page);
        // While parts of a page still arrive, one may be gone and the next not there yet: what is wrong stays wrong.
        const lasting = first.length === 0 ? [] : await violations(page);
        for (const fault of lasting) found.push(`${width} px, ${theme}: ${fault}`);
      }
    }
    await page.close();
    return found;
  };

  test.each(["/", "the watch page", "/studio", "the editor"])("signed in: %s", async (name) => {
    const path = { "the watch page": watchPath, "the editor": editorPath }[name] ?? name;
    expect(await look(person, path)).toEqual([]);
  });

  test.each(settingsPaths)("settings and notices: %s", async (path) => {
    expect(await look(person, path)).toEqual([]);
  });

  test.each(strangerPaths)("strangers: %s", async (path) => {
    const stranger = await browser.newContext();
    expect(await look(stranger, path)).toEqual([]);
    await stranger.close();
  });
});
