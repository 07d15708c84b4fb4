import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { RateLimitStore } from "#lib/web/limits/rate-limit-store.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

/** What every store of rate limits promises. `open` gives the store once the tests run. */
export const rateLimitStoreContract = (name: string, open: () => RateLimitStore): void => {
  describe(`a store of rate limits (${name})`, () => {
    const key = () => `write:${randomUUID()}`;

    it("counts the hits of a window, and its end does not move with them", async () => {
      const hit = { key: key(), windowSeconds: 60 };
      expect(await open().count(hit)).toEqual({ hits: 1, resetsInSeconds: 60 });
      const second = await open().count(hit);
      expect(second.hits).toBe(2);
      expect(second.resetsInSeconds).toBeGreaterThan(55);
      expect(second.resetsInSeconds).toBeLessThanOrEqual(60);
    });

    it("keeps keys apart", async () => {
      await open().count({ key: key(), windowSeconds: 60 });
      expect((await open().count({ key: key(), windowSeconds: 60 })).hits).toBe(1);
    });

    it("loses no hit of many at once", async () => {
      const hit = { key: key(), windowSeconds: 60 };
      const windows = await Promise.all(Array.from({ length: 50 }, () => open().count(hit)));
      const counts = windows.map(({ hits }) => hits).toSorted((a, b) => a - b);
      expect(counts).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    });

    it("begins a new window when the old one has ended", async () => {
      const hit = { key: key(), windowSeconds: 1 };
      await open().count(hit);
      await open().count(hit);
      const first = await waitFor({
        what: "a new window",
        until: async () => ((await open().count(hit)).hits === 1 ? true : null),
      });
      expect(first).toBe(true);
    });

    it("takes a hit back, never below none", async () => {
      const hit = { key: key(), windowSeconds: 60 };
      await open().uncount(hit.key);
      await open().count(hit);
      await open().count(hit);
      await open().uncount(hit.key);
      expect((await open().count(hit)).hits).toBe(2);
      for (let times = 0; times < 5; times += 1) await open().uncount(hit.key);
      expect((await open().count(hit)).hits).toBe(1);
    });
  });
};
