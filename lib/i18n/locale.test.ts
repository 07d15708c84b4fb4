import { describe, expect, it } from "vitest";
import { chooseLocale } from "#lib/i18n/locale.ts";

describe("chooseLocale", () => {
  it("prefers the chosen language, then the account's, then the browser's", () => {
    expect(chooseLocale({ cookie: "uk", account: "en", acceptLanguage: "en" })).toBe("uk");
    expect(chooseLocale({ cookie: undefined, account: "uk", acceptLanguage: "en" })).toBe("uk");
    expect(chooseLocale({ acceptLanguage: "uk-UA,uk;q=0.9,en;q=0.8" })).toBe("uk");
  });

  it("weighs the browser's languages by quality", () => {
    expect(chooseLocale({ acceptLanguage: "en;q=0.3, uk;q=0.7" })).toBe("uk");
    expect(chooseLocale({ acceptLanguage: "uk;q=0, de, en;q=0.1" })).toBe("en");
  });

  it("falls back to English for what it does not know", () => {
    expect(chooseLocale({ cookie: "xx", acceptLanguage: "de, fr" })).toBe("en");
    expect(chooseLocale({})).toBe("en");
  });
});
