import { describe, expect, it } from "vitest";
import type { VideoAccessRow } from "#lib/db/queries/videos/playback.ts";
import { createAccessCache } from "#lib/playback/access-cache.ts";

const row = (id: string): VideoAccessRow => ({
  id,
  ownerId: "o",
  memberIds: ["o"],
  visibility: "public",
  playbackVersion: 1,
  takenDownAt: null,
  deletedAt: null,
  marked: false,
  onlySourceRunId: null,
  unmarkedRunIds: [],
  revokedGrants: [],
});

const make = (maxEntries = 10) => {
  const asked: string[] = [];
  let now = 0;
  const cache = createAccessCache({
    load: async (id) => {
      asked.push(id);
      if (id === "broken") throw new Error("no database");
      return row(id);
    },
    ttlMs: 3000,
    maxEntries,
    now: () => now,
  });
  return { cache, asked, advance: (ms: number) => (now += ms) };
};

describe("the access cache", () => {
  it("asks once within its time, for requests at the same moment too", async () => {
    const { cache, asked, advance } = make();
    await Promise.all([cache.get("a"), cache.get("a")]);
    advance(2999);
    expect(await cache.get("a")).toEqual(row("a"));
    expect(asked).toEqual(["a"]);
    advance(1);
    await cache.get("a");
    expect(asked).toEqual(["a", "a"]);
  });

  it("asks anew when told to, and remembers that answer", async () => {
    const { cache, asked } = make();
    await cache.get("a");
    await cache.getFresh("a");
    await cache.get("a");
    expect(asked).toEqual(["a", "a"]);
  });

  it("forgets the oldest when it is full", async () => {
    const { cache, asked } = make(2);
    for (const id of ["a", "b", "c", "b", "a"]) await cache.get(id);
    expect(asked).toEqual(["a", "b", "c", "a"]);
  });

  it("never remembers a fault", async () => {
    const { cache, asked } = make();
    await expect(cache.get("broken")).rejects.toThrow();
    await expect(cache.get("broken")).rejects.toThrow();
    expect(asked).toHaveLength(2);
  });
});
