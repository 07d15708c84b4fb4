import { AxeBuilder } from "@axe-core/playwright";
import { Secret, TOTP } from "otpauth";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePort } from "#scripts/start/free-port.ts";
import { password, signUp } from "#tests/e2e/person.ts";
import { startMailServer } from "#tests/factories/mail-server.ts";
import { launchBrowser } from "#tests/setup/browser.ts";
import { type Site, startSite } from "#tests/setup/site.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

const email = "olena@example.org";
const newPassword = "another quiet evening 8";

let site: Site;
let browser: Browser;
let mailServer: Awaited<ReturnType<typeof startMailServer>>;
/** Signed in all the while, until a new password ends that. */
let page: Page;
let secret = "";

const newPage = async (): Promise<Page> => (await browser.newContext({ locale: "en-GB" })).newPage();

/** The link of the newest mail with that subject, once it has come. */
const linkOf = (subject: string): Promise<string> =>
  waitFor({
    what: `a mail “${subject}”`,
    timeoutMs: 60_000,
    until: () => {
      const mail = mailServer.received.findLast(({ headers }) => headers.subject === subject);
      return /https?:\/\/localhost:\d+\/\S+/.exec(mail?.text ?? "")?.[0] ?? null;
    },
  });

/** A code of the app; `steps` away from now. */
const code = (steps = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * 30_000 });

const violationsOf = async (looked: Page) => {
  // Without a title there is nothing to judge yet: while a page asks the server anew, its head is exchanged.
  await looked.waitForFunction(() => document.title !== "");
  const { violations } = await new AxeBuilder({ page: looked }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join()}`);
};

const expectAccessible = async (looked: Page) => {
  const found = await violationsOf(looked);
  // The head may have been exchanged in the middle of the look.
  expect(found.some((one) => one.startsWith("document-title")) ? await violationsOf(looked) : found).toEqual([]);
};

const heading = (looked: Page, name: string) => looked.getByRole("heading", { name, exact: true }).waitFor();

/** Fills the first step of the log-in. */
const enterPair = async (looked: Page, secretWord: string) => {
  await looked.goto(`${site.url}/login?next=/settings/security`);
  await looked.getByLabel("E-mail").fill(email);
  await looked.getByLabel("Password", { exact: true }).fill(secretWord);
  await looked.keyboard.press("Enter");
  await heading(looked, "Enter your code");
};

beforeAll(async () => {
  mailServer = await startMailServer();
  const port = await freePort();
  site = await startSite({
    env: {
      PORT: String(port),
      PUBLIC_URL: `http://localhost:${port}`,
      SMTP_URL: mailServer.url,
      MAIL_FROM: "Kinora <no-reply@example.org>",
    },
  });
  browser = await launchBrowser();
  page = await newPage();
});

afterAll(async () => {
  await browser?.close();
  await site?.stop();
  await mailServer?.stop();
});

describe("an account and its mails", () => {
  test("a new person is reminded until the mail's link was used, once", async () => {
    await signUp({ page, site, name: "olena" });
    await page.goto(site.url);
    const banner = page.getByRole("region", { name: "Your address" });
    await banner.waitFor();
    const link = await linkOf("Confirm your address");
    // Somebody who reads the mail elsewhere, signed in to nothing.
    const elsewhere = await newPage();
    await elsewhere.goto(link);
    await elsewhere.getByText(email).waitFor();
    await expectAccessible(elsewhere);
    await elsewhere.getByRole("button", { name: "Confirm address" }).click();
    await heading(elsewhere, "Your address is confirmed");
    await elsewhere.goto(link);
    await heading(elsewhere, "This link no longer works");
    await elsewhere.close();
    await page.reload();
    await banner.waitFor({ state: "detached" });
  });

  test("with a second factor the log-in asks for a code of the app, or a recovery code", async () => {
    await page.goto(`${site.url}/settings/security`);
    // By keyboard alone: the window begins at its field, and closing it gives the focus back.
    const turnOn = page.getByRole("button", { name: "Turn on" });
    const fieldWithFocus = page.getByRole("dialog").locator("input[name=password]:focus");
    await turnOn.press("Enter");
    await fieldWithFocus.waitFor();
    await page.keyboard.press("Escape");
    await page.locator("button:focus", { hasText: "Turn on" }).waitFor();
    await page.keyboard.press("Enter");
    await fieldWithFocus.waitFor();
    await page.keyboard.type(password);
    await page.keyboard.press("Enter");
    await page.getByRole("img", { name: "QR code for your authenticator app" }).waitFor();
    await expectAccessible(page);
    secret = ((await page.getByText(/^(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}$/).textContent()) ?? "").replaceAll(" ", "");
    // The step before, so that the present one is still good for the log-in.
    await page.getByLabel("Code", { exact: true }).fill(code(-1));
    await page.keyboard.press("Enter");
    await heading(page, "Keep your recovery codes");
    const codes = await page
      .getByRole("listitem")
      .filter({ hasText: /^\w{4}-\w{4}-\w{4}-\w{4}$/ })
      .allInnerTexts();
    expect(new Set(codes).size).toBe(10);
    await expectAccessible(page);
    await page.getByRole("button", { name: "I have kept them" }).click();
    await page.getByText("10 recovery codes are left.").waitFor();

    await page.getByRole("button", { name: /^Account menu/ }).click();
    await page.getByRole("menuitem", { name: "Log out" }).click();
    await page.getByRole("link", { name: "Sign in" }).first().waitFor();
    await enterPair(page, password);
    await page.keyboard.type("000000");
    await page.keyboard.press("Enter");
    await page.getByText("This code is wrong, too old or was used before.", { exact: false }).waitFor();
    await expectAccessible(page);
    // What was wrong with one kind of code is not said of the other.
    await page.getByRole("button", { name: "Use a recovery code" }).click();
    await page.getByLabel("Recovery code").waitFor();
    expect(await page.getByText("This code is wrong", { exact: false }).count()).toBe(0);
    await page.getByRole("button", { name: "Use the app" }).click();
    await page.getByLabel("Code", { exact: true }).fill(code());
    await page.keyboard.press("Enter");
    await heading(page, "Security");

    const other = await newPage();
    await enterPair(other, password);
    await other.getByRole("button", { name: "Use a recovery code" }).click();
    await other.keyboard.type(codes[0] ?? "");
    await other.keyboard.press("Enter");
    await other.getByText("9 recovery codes are left.").waitFor();
    await other.close();
  });

  test("a forgotten password is chosen anew, and whoever was signed in has to sign in again", async () => {
    const forgetful = await newPage();
    await forgetful.goto(`${site.url}/login`);
    await forgetful.getByRole("link", { name: "Forgot your password?" }).click();
    await heading(forgetful, "Forgot your password?");
    await expectAccessible(forgetful);
    await forgetful.getByLabel("E-mail").fill(email);
    await forgetful.keyboard.press("Enter");
    await heading(forgetful, "Look into your mail");
    const link = await linkOf("Choose a new password");
    await forgetful.goto(link);
    await expectAccessible(forgetful);
    await forgetful.getByLabel("New password").fill(newPassword);
    await forgetful.keyboard.press("Enter");
    await heading(forgetful, "Your password was changed");
    await forgetful.goto(link);
    await heading(forgetful, "This link no longer works");

    await page.goto(`${site.url}/settings/security`);
    await page.waitForURL((url) => url.pathname === "/login");
    await enterPair(page, newPassword);
    await page.keyboard.type(code(1));
    await page.keyboard.press("Enter");
    await heading(page, "Security");
    await forgetful.close();
  });

  test("a new address counts from the click in its own mail on", async () => {
    await page.getByRole("button", { name: "Change address" }).click();
    await page.getByLabel("New address").fill("olena.new@example.org");
    await page.getByLabel("Your password").fill(newPassword);
    await page.keyboard.press("Enter");
    await page.getByText("Look into the mail of olena.new@example.org").waitFor();
    await page.goto(await linkOf("Confirm your new address"));
    await page.getByRole("button", { name: "Use this address" }).click();
    await heading(page, "Your address was changed");
    await page.goto(`${site.url}/settings/security`);
    await page.getByText("You sign in with olena.new@example.org", { exact: false }).waitFor();
  });
});
