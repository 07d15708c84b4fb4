import { describe, expect, it } from "vitest";
import { posterSources } from "#components/video/poster-sources.ts";

const thumbnails = [320, 640].map((width) => ({ url: `/p-w${width}.webp`, width }));
const playback = { posterUrl: "/p.jpg", thumbnails };
const setOf = (input: { width: number | null; height: number | null; small?: typeof thumbnails }) => {
  const { width, height, small = thumbnails } = input;
  return posterSources({ playback: { ...playback, thumbnails: small }, width, height, place: "grid" })?.srcSet;
};

describe("posterSources", () => {
  it("names the small copies and the poster as the largest", () => {
    expect(setOf({ width: 1920, height: 1080 })).toBe("/p-w320.webp 320w, /p-w640.webp 640w, /p.jpg 1280w");
    expect(setOf({ width: null, height: null })).toBe("/p-w320.webp 320w, /p-w640.webp 640w, /p.jpg 1280w");
  });

  it("measures an upright poster by its width, which is what fills the frame", () => {
    expect(setOf({ width: 1080, height: 1920 })).toBe("/p-w320.webp 320w, /p-w640.webp 640w, /p.jpg 720w");
  });

  it("tells of a very wide poster how much of its width is seen", () => {
    expect(setOf({ width: 3200, height: 900 })).toBe("/p-w320.webp 160w, /p-w640.webp 320w, /p.jpg 640w");
  });

  it("leaves out a poster that is no wider than its largest copy", () => {
    expect(setOf({ width: 640, height: 360 })).toBe("/p-w320.webp 320w, /p-w640.webp 640w");
    expect(setOf({ width: 400, height: 300, small: thumbnails.slice(0, 1) })).toBe("/p-w320.webp 320w, /p.jpg 400w");
  });

  it("is nothing where there is one size", () => {
    expect(setOf({ width: 1920, height: 1080, small: [] })).toBeUndefined();
    const none = { posterUrl: null, thumbnails: [] };
    expect(posterSources({ playback: none, width: null, height: null, place: "row" })).toBeUndefined();
  });
});
