import { describe, expect, test } from "vitest";
import { farthest, type Ladder, offered, pickRung, type Rung, reachOf } from "#components/player/ladder.ts";

const rung = (name: string, quality: string, bitrate: number, family = "avc1,mp4a"): Rung => ({
  name,
  quality,
  bitrate,
  family,
});
const rungs = [rung("360p", "360p", 1), rung("720p", "720p", 3), rung("1080p", "1080p", 5), rung("source", "1080p", 8)];
const names = rungs.map(({ name }) => name);

const ladder = (available: Record<string, number | null>): Ladder => ({
  durationSeconds: 120,
  states: Object.entries(available).map(([name, availableMs]) => ({ name, availableMs })),
});

describe("how far a rung can be played", () => {
  test("complete, partly and not at all", () => {
    const state = ladder({ source: null, "360p": 40_000, "720p": 119_800 });
    expect(reachOf(state, "source")).toBe(Number.POSITIVE_INFINITY);
    expect(reachOf(state, "360p")).toBe(40);
    expect(reachOf(state, "720p")).toBe(Number.POSITIVE_INFINITY);
    expect(reachOf(state, "1080p")).toBe(0);
  });

  test("the farthest of those that this browser can decode", () => {
    const state = ladder({ source: null, "360p": 40_000 });
    expect(farthest(state, ["360p", "720p"])).toBe(40);
    expect(farthest(state, [])).toBe(0);
  });
});

describe("what the menu offers", () => {
  test("only what is comfortably ahead, and it stays until the playhead comes near", () => {
    const state = ladder({ source: null, "360p": 40_000, "720p": 25_000 });
    const first = offered({ ladder: state, names, playhead: 10, before: new Set() });
    expect(first).toEqual(["360p", "source"]);
    expect(offered({ ladder: state, names, playhead: 30, before: new Set(first) })).toEqual(["360p", "source"]);
    expect(offered({ ladder: state, names, playhead: 39.5, before: new Set(first) })).toEqual(["source"]);
  });
});

describe("which rung is loaded next", () => {
  const pick = (over: Partial<Parameters<typeof pickRung>[0]>) =>
    pickRung({
      ladder: ladder({}),
      rungs,
      wanted: 3,
      current: -1,
      chosen: null,
      bandwidth: null,
      loadedTo: 0,
      ...over,
    });

  test("the source alone, whatever bandwidth asks for", () => {
    expect(pick({ ladder: ladder({ source: null }), wanted: 0 })).toBe(3);
  });

  test("a lower rung as soon as it holds two segments beyond what is loaded", () => {
    const state = ladder({ source: null, "360p": 30_000 });
    expect(pick({ ladder: state, wanted: 1, current: 3, loadedTo: 22 })).toBe(0);
    expect(pick({ ladder: state, wanted: 1, current: 3, loadedTo: 23 })).toBe(3);
    // It stays to the end of what is there, then goes back to what is complete.
    expect(pick({ ladder: state, wanted: 1, current: 0, loadedTo: 28 })).toBe(0);
    expect(pick({ ladder: state, wanted: 1, current: 0, loadedTo: 30 })).toBe(3);
  });

  test("the chosen quality where it is there, its richest rung first", () => {
    const state = ladder({ source: null, "1080p": null, "360p": 30_000 });
    expect(pick({ ladder: state, wanted: 0, chosen: "1080p" })).toBe(3);
    expect(pick({ ladder: ladder({ "1080p": null }), wanted: 0, chosen: "1080p" })).toBe(2);
    expect(pick({ ladder: state, wanted: 3, chosen: "360p", loadedTo: 4 })).toBe(0);
    expect(pick({ ladder: state, wanted: 3, chosen: "360p", loadedTo: 60 })).toBe(3);
  });

  test("one family of codecs, unless bandwidth cannot carry it or it is gone", () => {
    const mixed = [rung("360p", "360p", 1), rung("720p", "720p", 3), rung("source", "1080p", 8, "vp09,opus")];
    const state = ladder({ source: null, "360p": 60_000, "720p": 60_000 });
    const pickMixed = (over: Partial<Parameters<typeof pickRung>[0]>) => pick({ rungs: mixed, ladder: state, ...over });
    expect(pickMixed({ wanted: 0 })).toBe(2);
    expect(pickMixed({ wanted: 2, current: 2 })).toBe(2);
    expect(pickMixed({ wanted: 0, current: 2, bandwidth: 9 })).toBe(2);
    expect(pickMixed({ wanted: 0, current: 2, bandwidth: 7 })).toBe(0);
    expect(pickMixed({ wanted: 2, current: 0 })).toBe(1);
    expect(pickMixed({ wanted: 2, current: 2, ladder: ladder({ "360p": null, "720p": null }) })).toBe(1);
    expect(pickMixed({ wanted: 2, current: 1, loadedTo: 59.5 })).toBe(2);
  });

  test("where nothing reaches, the one that reaches farthest, without wavering between equals", () => {
    const state = ladder({ "360p": 16_000, "720p": 8_000 });
    expect(pick({ ladder: state, loadedTo: 16, current: 1 })).toBe(0);
    expect(pick({ ladder: ladder({ "360p": 16_000, "720p": 16_000 }), loadedTo: 16, current: 1 })).toBe(1);
    expect(pick({ ladder: ladder({}), loadedTo: 0 })).toBe(0);
  });
});
