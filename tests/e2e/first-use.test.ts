import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { postAs, signUp } from "#tests/e2e/person.ts";
import { launchBrowser } from "#tests/setup/browser.ts";
import { type Site, startSite } from "#tests/setup/site.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

// The code of menus, windows, messages and tooltips is fetched when it is first needed: each test opens a fresh page.

let site: Site;
let browser: Browser;
let person: BrowserContext;
let page: Page;
let playlistPath = "";

beforeAll(async () => {
  site = await startSite();
  browser = await launchBrowser();
  person = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 800 } });
  const first = await person.newPage();
  await signUp({ page: first, site, name: "olena" });
  const made = await postAs(first, { path: "/me/playlists", body: { title: "Films", visibility: "private" } });
  if (typeof made !== "object" || made === null || !("id" in made)) throw new Error("no playlist was made");
  playlistPath = `/playlists/${made.id}`;
  await first.close();
});

afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

beforeEach(async () => {
  page = await person.newPage();
});

afterEach(async () => {
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await page.close();
});

const open = async (path: string) => {
  await page.goto(`${site.url}${path}`, { waitUntil: "load" });
  // Scripts have taken over the page.
  await page.waitForFunction(() =>
    Object.keys(document.querySelector("button") ?? {}).some((key) => key.startsWith("__react")),
  );
};

/** Holds back every script that is asked for from now on; `go` lets them through. */
const holdScripts = async (): Promise<{ asked: () => number; go: () => void }> => {
  const gate = Promise.withResolvers<void>();
  let asked = 0;
  await page.route("**/_next/static/**/*.js*", async (route) => {
    asked += 1;
    await gate.promise;
    await route.continue();
  });
  return { asked: () => asked, go: gate.resolve };
};

const accountButton = () => page.getByRole("button", { name: /olena/ }).first();
const focusedName = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? "");
const focusedRole = () => page.evaluate(() => document.activeElement?.getAttribute("role") ?? "");
const untilFocused = (role: string) =>
  waitFor({ what: `the focus on a ${role}`, timeoutMs: 20_000, until: async () => (await focusedRole()) === role });
const untilFocusIs = (locator: () => ReturnType<typeof accountButton>) =>
  waitFor({
    what: "the focus on the button",
    timeoutMs: 20_000,
    until: () => locator().evaluate((element) => element === document.activeElement),
  });

for (const key of ["Enter", " ", "ArrowDown"]) {
  test(`a menu that is first opened by "${key}" has the focus on its first entry; Escape gives it back`, async () => {
    await open("/library");
    await accountButton().focus();
    await page.keyboard.press(key);
    await untilFocused("menuitem");
    expect(await focusedName()).toBe("Your channel");
    await page.keyboard.press("ArrowDown");
    expect(await focusedName()).toBe("Studio");
    await page.keyboard.press("Escape");
    await untilFocusIs(accountButton);
    expect(await page.getByRole("menu").count()).toBe(0);
    // And the second time, which needs nothing from the network.
    await page.keyboard.press("Enter");
    await untilFocused("menuitem");
    expect(await focusedName()).toBe("Your channel");
  });
}

test("a press before the menu's code is there is not lost, and opens it once", async () => {
  await open("/library");
  const scripts = await holdScripts();
  await accountButton().focus();
  await page.keyboard.press("Enter");
  await waitFor({ what: "a script to be asked for", timeoutMs: 20_000, until: () => scripts.asked() > 0 });
  expect(await page.getByRole("menu").count()).toBe(0);
  await untilFocusIs(accountButton);
  scripts.go();
  await untilFocused("menuitem");
  expect(await page.getByRole("menu").count()).toBe(1);
});

test("a click before the code is there is not lost either", async () => {
  await open("/library");
  const scripts = await holdScripts();
  await accountButton().click();
  await waitFor({ what: "a script to be asked for", timeoutMs: 20_000, until: () => scripts.asked() > 0 });
  scripts.go();
  await page.getByRole("menuitem", { name: "Studio" }).waitFor();
  await page.keyboard.press("Escape");
  await untilFocusIs(accountButton);
});

test("the first popover takes the focus, and Escape gives it back", async () => {
  await open("/library");
  const scripts = await holdScripts();
  const bell = () => page.getByRole("button", { name: /Notifications/ }).first();
  await bell().focus();
  await page.keyboard.press("Enter");
  await waitFor({ what: "a script to be asked for", timeoutMs: 20_000, until: () => scripts.asked() > 0 });
  scripts.go();
  const popover = page.getByRole("dialog", { name: "Notifications" });
  await popover.waitFor();
  await waitFor({
    what: "the focus in the popover",
    timeoutMs: 20_000,
    until: () => popover.evaluate((element) => element.contains(document.activeElement)),
  });
  await page.keyboard.press("Escape");
  await popover.waitFor({ state: "detached" });
  await untilFocusIs(bell);
});

test("the first window has the focus in its first field, and Escape gives it back", async () => {
  await open("/library");
  const scripts = await holdScripts();
  const button = () => page.getByRole("button", { name: "New playlist" });
  await button().focus();
  await page.keyboard.press("Enter");
  await waitFor({ what: "a script to be asked for", timeoutMs: 20_000, until: () => scripts.asked() > 0 });
  scripts.go();
  const window = page.getByRole("dialog", { name: "New playlist" });
  await window.waitFor();
  await untilFocusIs(() => window.getByRole("textbox").first());
  await page.keyboard.press("Escape");
  await window.waitFor({ state: "detached" });
  await untilFocusIs(button);
});

test("the first message stands in a live region that was there before it", async () => {
  await open(playlistPath);
  const region = page.locator('[aria-live="polite"][role="region"]');
  await region.waitFor({ state: "attached" });
  await page.evaluate(() => {
    const live = document.querySelector('[aria-live="polite"][role="region"]');
    if (live === null) throw new Error("no live region");
    new MutationObserver(() => live.setAttribute("data-said", live.textContent ?? "")).observe(live, {
      childList: true,
      subtree: true,
    });
  });
  await page.getByRole("button", { name: "Edit playlist" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await waitFor({
    what: "the message in the live region",
    timeoutMs: 20_000,
    until: async () => ((await region.getAttribute("data-said")) ?? "") !== "",
  });
});

test("a tooltip comes on hover and on focus by keys, and goes on Escape", async () => {
  await open("/library");
  const tooltip = page.locator("[data-tooltip-popup]");
  const target = page.locator("header [data-tooltip]:visible").first();
  await target.hover();
  await tooltip.waitFor();
  expect(await tooltip.textContent()).toBe(await target.getAttribute("data-tooltip"));
  await page.keyboard.press("Escape");
  await tooltip.waitFor({ state: "detached" });
  await page.mouse.move(640, 700);
  await page.keyboard.press("Tab");
  await waitFor({
    what: "the focus on something with a tooltip",
    timeoutMs: 20_000,
    until: async () => {
      if (await target.evaluate((element) => element === document.activeElement)) return true;
      await page.keyboard.press("Tab");
      return null;
    },
  });
  await tooltip.waitFor();
  await page.keyboard.press("Escape");
  await tooltip.waitFor({ state: "detached" });
});
