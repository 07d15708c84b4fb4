import { describe, expect, it } from "vitest";
import { readTime, shareCode, shareLink, writtenTime } from "#components/sharing/share-addresses.ts";

const shared = { origin: "https://x.org", videoId: "v", title: `A "b" & </iframe>`, width: 1920, height: 1080 };

describe("what is shared", () => {
  it.each([
    [0, "0:00"],
    [83.9, "1:23"],
    [3723, "1:02:03"],
  ])("writes %d as %s and reads it back", (seconds, text) => {
    expect(writtenTime(seconds)).toBe(text);
    expect(readTime(text)).toBe(Math.floor(seconds));
  });

  it.each(["", "1:", ":5", "-1", "1:2:3:4", "soon", "1.5"])("reads no time from %j", (text) => {
    expect(readTime(text)).toBeNull();
  });

  it("begins where it is told to", () => {
    expect(shareLink(shared, 0)).toBe("https://x.org/watch/v");
    expect(shareLink(shared, 83)).toBe("https://x.org/watch/v?t=83");
    expect(shareCode(shared, 83)).toContain('src="https://x.org/embed/v?start=83"');
  });

  it("is a frame of the video's shape that no title can end", () => {
    expect(shareCode(shared, 0)).toContain('width="640" height="360"');
    expect(shareCode({ ...shared, width: 1080, height: 1920 }, 0)).toContain('width="360" height="640"');
    expect(shareCode(shared, 0).match(/<[a-z!/]+/g)).toEqual(["<iframe", "</iframe"]);
  });
});
