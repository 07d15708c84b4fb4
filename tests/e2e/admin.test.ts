import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chooseFile, makeClip, signUp } from "#tests/e2e/person.ts";
import { launchBrowser } from "#tests/setup/browser.ts";
import { type Site, startSite } from "#tests/setup/site.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

const adminEmail = "admin@example.org";
const adminPassword = "an admin's battery 7";

let site: Site;
let browser: Browser;
let people: BrowserContext[] = [];
let admin: Page;
let marta: Page;
let videoId = "";

const newPage = async (): Promise<Page> => {
  const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 800 } });
  people = [...people, context];
  return context.newPage();
};

/** The status that a path answers, asked with a page's own session. */
const statusOf = (page: Page, path: string): Promise<number> =>
  page.evaluate(async (address) => (await fetch(address)).status, path);

const go = async (page: Page, path: string): Promise<void> => {
  await page.goto(`${site.url}${path}`);
};

const toast = (text: string | RegExp) => admin.getByText(text).last().waitFor();

beforeAll(async () => {
  site = await startSite({ env: { ADMIN_EMAIL: adminEmail, ADMIN_PASSWORD: adminPassword } });
  browser = await launchBrowser();
  admin = await newPage();
  await go(admin, "/login");
  await admin.getByLabel("E-mail").fill(adminEmail);
  await admin.getByLabel("Password", { exact: true }).fill(adminPassword);
  await admin.getByRole("button", { name: "Sign in" }).click();
  await admin.waitForURL((url) => !url.pathname.startsWith("/login"));
  marta = await newPage();
  await signUp({ page: marta, site, name: "marta" });
  const file = await makeClip({ name: "admin", size: "320x180", seconds: 2 });
  const row = await chooseFile({ page: marta, site, file });
  await waitFor({
    what: "a ready video",
    timeoutMs: 120_000,
    until: async () => (await row.getAttribute("data-video-status")) === "ready",
  });
  videoId = (await row.getAttribute("data-video-id")) ?? "";
  await marta.evaluate(async (path) => {
    const body = JSON.stringify({ visibility: "public" });
    await fetch(path, { method: "PATCH", headers: { "Content-Type": "application/json" }, body });
  }, `/api/v1/videos/${videoId}`);
}, 400_000);
afterAll(async () => {
  for (const context of people) await context.close();
  await browser?.close();
  await site?.stop();
});

test("the area is there for admins alone, and axe finds nothing on its pages", async () => {
  expect(await statusOf(marta, "/admin")).toBe(404);
  expect(await statusOf(marta, "/admin/users")).toBe(404);
  await go(admin, "/");
  await admin.getByRole("button", { name: /^Account menu/ }).click();
  await admin.getByRole("menuitem", { name: "Admin" }).click();
  await admin.getByRole("heading", { name: "Overview", level: 1 }).waitFor();
  const pages = ["", "/users", "/videos", "/jobs", "/usage", "/audit", "/mails", "/settings"];
  const found: string[] = [];
  for (const path of pages) {
    await go(admin, `/admin${path}`);
    await admin.getByRole("heading", { level: 1 }).waitFor();
    const { violations } = await new AxeBuilder({ page: admin }).analyze();
    found.push(...violations.map(({ id, nodes }) => `${path} ${id} ${nodes[0]?.html ?? ""}`));
  }
  expect(found).toEqual([]);
}, 120_000);

test("a person is found, suspended with a reason, signed out at once, and brought back from the message", async () => {
  await go(admin, "/admin/users");
  await admin.getByRole("searchbox", { name: "Search" }).last().fill("marta");
  await admin.keyboard.press("Enter");
  await admin.waitForURL(/q=marta/);
  await admin.getByRole("link", { name: "marta", exact: true }).click();
  await admin.getByRole("button", { name: "Suspend" }).click();
  const dialog = admin.getByRole("dialog");
  await dialog.getByLabel("Reason").fill("Spam in comments");
  await dialog.getByRole("button", { name: "Suspend" }).click();
  await dialog.getByText("This is not the name.").waitFor();
  await dialog.getByLabel(/^Type/).fill("marta");
  await dialog.getByRole("button", { name: "Suspend" }).click();
  await toast("marta is suspended.");
  expect(await statusOf(marta, "/api/v1/me")).toBe(401);
  await admin.getByText("Spam in comments").first().waitFor();
  await admin.getByRole("button", { name: "Undo" }).click();
  await toast("marta may sign in again.");
  await admin.getByRole("button", { name: "Suspend" }).waitFor();
}, 120_000);

test("a video is taken down, its owner reads why, strangers find nothing, and it is put back", async () => {
  const stranger = await newPage();
  await go(stranger, "/");
  expect(await statusOf(stranger, `/watch/${videoId}`)).toBe(200);
  await go(admin, `/admin/videos?q=${videoId}`);
  await admin.getByRole("button", { name: /^Actions for/ }).click();
  await admin.getByRole("menuitem", { name: "Take down" }).click();
  const dialog = admin.getByRole("dialog");
  const name = (await dialog.getByText(/^Type “/).textContent())?.replace(/^Type “|” to confirm$/g, "") ?? "";
  await dialog.getByLabel("Reason").fill("A copy of somebody else’s film");
  await dialog.getByLabel(/^Type/).fill(name);
  await dialog.getByRole("button", { name: "Take down" }).click();
  await toast(/is taken down\.$/);
  expect(await statusOf(stranger, `/watch/${videoId}`)).toBe(404);
  await go(marta, "/login");
  await marta.getByLabel("E-mail").fill("marta@example.org");
  await marta.getByLabel("Password", { exact: true }).fill("correct horse battery 7");
  await marta.getByRole("button", { name: "Sign in" }).click();
  await marta.waitForURL((url) => !url.pathname.startsWith("/login"));
  await go(marta, `/watch/${videoId}`);
  await marta.getByText("This video was taken down").waitFor();
  await marta
    .getByText(/A copy of somebody else’s film/)
    .first()
    .waitFor();
  await admin.getByRole("button", { name: /^Actions for/ }).click();
  await admin.getByRole("menuitem", { name: "Put back" }).click();
  await toast(/is back\.$/);
  expect(await statusOf(stranger, `/watch/${videoId}`)).toBe(200);
}, 120_000);

test("failed work is tried again, and sign-up is closed without a restart", async () => {
  const broken = { name: "broken.mp4", mimeType: "video/mp4", buffer: Buffer.from("this is no video at all") };
  await go(marta, "/studio");
  await marta.locator("input[type=file]").first().setInputFiles(broken);
  await waitFor({
    what: "a failed video",
    timeoutMs: 60_000,
    until: () => marta.locator('[data-video-status="failed"]').first().isVisible(),
  });
  await go(admin, "/admin/jobs?state=failed");
  await admin.getByRole("button", { name: /^Try again: broken/ }).click();
  await toast(/^Trying again: broken/);
  await go(admin, "/admin/audit?action=video.reprocess");
  await admin.locator("[data-action='video.reprocess']").first().waitFor();
  await go(admin, "/admin/settings");
  await admin.getByRole("combobox", { name: "Sign-up" }).click();
  await admin.getByRole("option", { name: /^Closed/ }).click();
  await admin.getByRole("button", { name: "Save settings" }).click();
  await toast("The settings are saved.");
  const body = JSON.stringify({ email: "late@example.org", username: "late", password: "correct horse battery 7" });
  const signUpStatus = async () => {
    const headers = { "Content-Type": "application/json" };
    return (await fetch(`${site.url}/api/v1/auth/signup`, { method: "POST", headers, body })).status;
  };
  expect(await signUpStatus()).toBe(403);
}, 180_000);
