import { describe, expect, it } from "vitest";
import { followContent } from "#lib/db/content-version.ts";

/** Versions as readings come in, each a snapshot and which transactions were quiet. */
const versionsOf = (...readings: readonly [snapshot: string, ...quiet: number[]][]): string[] => {
  const content = followContent();
  return readings.map(([snapshot, ...quiet]) => content.take({ snapshot, quiet: quiet.map(String) }));
};

const changes = (versions: readonly string[]) => versions.slice(1).map((version, at) => version !== versions[at]);

describe("the version of the content", () => {
  it("stays while nothing is committed", () => {
    expect(changes(versionsOf(["10:10:"], ["10:10:"]))).toEqual([false]);
  });

  it("changes with any transaction, for good", () => {
    expect(new Set(versionsOf(["10:10:"], ["11:11:"], ["12:12:"])).size).toBe(3);
  });

  it("stays when all that were committed since were quiet", () => {
    expect(changes(versionsOf(["10:10:"], ["11:11:", 10], ["14:14:", 11, 12, 13]))).toEqual([false, false]);
  });

  it("changes when one of several was not", () => {
    expect(changes(versionsOf(["10:10:"], ["13:13:", 10, 12]))).toEqual([true]);
  });

  it("counts a transaction when it ends, not when it begins", () => {
    // 10 runs while the quiet 11 and 12 come and go.
    expect(changes(versionsOf(["10:10:"], ["10:12:10", 11], ["10:13:10", 12], ["13:13:"]))).toEqual([
      false,
      false,
      true,
    ]);
    expect(changes(versionsOf(["10:12:10"], ["12:12:", 10]))).toEqual([false]);
  });

  it("changes when a reading comes late: another one saw more already", () => {
    expect(new Set(versionsOf(["10:10:"], ["12:12:", 10, 11], ["11:11:", 10])).size).toBe(2);
    expect(new Set(versionsOf(["10:12:"], ["10:12:10"])).size).toBe(2);
  });

  it("changes when there were too many to look at", () => {
    const many = Array.from({ length: 3000 }, (_, at) => 10 + at);
    expect(changes(versionsOf(["10:10:"], ["3010:3010:", ...many]))).toEqual([true]);
  });

  it("asks for no more of the quiet ones than can matter", () => {
    const content = followContent();
    expect(content.wanted()).toEqual({ from: "0", among: [] });
    content.take({ snapshot: "10:20:10,15", quiet: [] });
    expect(content.wanted()).toEqual({ from: "20", among: ["10", "15"] });
  });
});
