import { expect, test } from "vitest";
import { browserOf, deviceOf, isProgram } from "#lib/analytics/user-agent.ts";

const webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";
const people: [string, string, string][] = [
  ["desktop", "chrome", `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/141.0.0.0 Safari/537.36`],
  ["desktop", "edge", `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/141.0.0.0 Safari/537.36 Edg/141.0`],
  ["desktop", "opera", `Mozilla/5.0 (X11; Linux x86_64) ${webkit} Chrome/141.0.0.0 Safari/537.36 OPR/120.0`],
  ["desktop", "firefox", "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:143.0) Gecko/20100101 Firefox/143.0"],
  [
    "mobile",
    "safari",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
  ],
  ["mobile", "chrome", `Mozilla/5.0 (Linux; Android 10; K) ${webkit} Chrome/141.0.0.0 Mobile Safari/537.36`],
  [
    "mobile",
    "samsung",
    `Mozilla/5.0 (Linux; Android 10; K) ${webkit} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`,
  ],
  ["tablet", "chrome", `Mozilla/5.0 (Linux; Android 13; SM-X906C) ${webkit} Chrome/141.0.0.0 Safari/537.36`],
  ["tv", "other", "Mozilla/5.0 (SMART-TV; Linux; Tizen 7.0) AppleWebKit/537.36 (KHTML, like Gecko) TV Safari/537.36"],
];

test.each(people)("tells a %s with %s", (device, browser, userAgent) => {
  expect([deviceOf(userAgent), browserOf(userAgent), isProgram(userAgent)]).toEqual([device, browser, false]);
});

test.each([
  "",
  "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
  "curl/8.5.0 (x86_64)",
  "python-requests/2.32",
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/141.0.0.0 Safari/537.36",
  "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
])("takes %j for a program", (userAgent) => expect(isProgram(userAgent)).toBe(true));
