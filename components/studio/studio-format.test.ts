import { describe, expect, it } from "vitest";
import { formatBytes, formatDay, formatPercent, formatRate, formatSpeed, leftParts } from "./studio-format.ts";

const plain = (text: string) => text.replace(/\s/gu, " ");

describe("numbers in the reader's language", () => {
  it.each([
    [1, "1 byte", "1 байт"],
    [512, "512 bytes", "512 байтів"],
    [212_000_000, "212 MB", "212 МБ"],
    [4_800_000_000, "4.8 GB", "4,8 ГБ"],
  ])("writes %s bytes", (bytes, en, uk) => {
    expect(plain(formatBytes({ bytes, locale: "en" }))).toBe(en);
    expect(plain(formatBytes({ bytes, locale: "uk" }))).toBe(uk);
  });

  it("writes speeds, rates and shares", () => {
    expect(plain(formatSpeed({ bytesPerSecond: 18_400_000, locale: "en" }))).toBe("18.4 MB/s");
    expect(formatRate({ rate: 2.6, locale: "uk" })).toBe("2,6x");
    expect(formatPercent({ percent: 99.9, locale: "en" })).toBe("99%");
  });
});

describe("leftParts", () => {
  it.each([
    [0.3, "seconds", 0, 0, 1],
    [96, "minutesSeconds", 0, 1, 36],
    [120, "minutes", 0, 2, 0],
    [1_500, "minutes", 0, 25, 0],
    [7_500, "hours", 2, 5, 0],
  ])("splits %s s as %s", (secondsLeft, form, hours, minutes, seconds) => {
    expect(leftParts(secondsLeft)).toEqual({ form, hours, minutes, seconds });
  });
});

describe("formatDay", () => {
  const now = new Date("2026-11-21T01:00:00Z");
  const day = (at: string, { timeZone = "UTC", locale = "en" as "en" | "uk" } = {}) =>
    plain(formatDay({ at: new Date(at), now, timeZone, locale }));

  it("says today and yesterday by the reader's own days", () => {
    expect(day("2026-11-21T00:10:00Z")).toBe("today");
    expect(day("2026-11-20T23:50:00Z")).toBe("yesterday");
    expect(day("2026-11-20T23:50:00Z", { timeZone: "Europe/Kyiv" })).toBe("today");
    expect(day("2026-11-20T10:00:00Z", { locale: "uk" })).toBe("учора");
  });

  it("writes older days as dates that end with the year", () => {
    expect(day("2025-11-12T10:00:00Z")).toBe("12 Nov 2025");
    expect(day("2025-11-12T10:00:00Z", { locale: "uk" })).toBe("12 лист. 2025");
  });
});
