import { describe, expect, it } from "vitest";
import { currentAddress, noteAddress, renewalDelayMs, signatureOf } from "#components/player/media-address.ts";

const at = (expiry: number, video = "v1", file = "360p/00001.m4s") =>
  `https://site.test/media/signed/ka.${expiry.toString(36)}.1.s.code/runs/${video}/r/${file}`;

describe("signed addresses of a page", () => {
  it("tell when they run out", () => {
    expect(signatureOf(at(1000))).toEqual({ signature: "ka.rs.1.s.code", videoId: "v1", expiresAtMs: 1_000_000 });
    expect(signatureOf("https://site.test/media/runs/v1/r/index.m3u8")).toBeNull();
  });

  it("go on under the newest signature of their own video", () => {
    expect(noteAddress(at(1000, "a"))).toBe(true);
    expect(noteAddress(at(1000, "b"))).toBe(true);
    expect(noteAddress(at(2000, "a"))).toBe(true);
    expect(currentAddress(at(1000, "a"))).toBe(at(2000, "a"));
    expect(currentAddress(at(1000, "b"))).toBe(at(1000, "b"));
    expect(currentAddress("/media/runs/a/r/index.m3u8")).toBe("/media/runs/a/r/index.m3u8");
  });

  it("are renewed only while that makes them last longer", () => {
    expect(noteAddress(at(3000, "c"))).toBe(true);
    expect(noteAddress(at(3000, "c"))).toBe(false);
  });

  it("are asked for a minute before, or halfway of a short time", () => {
    expect(renewalDelayMs({ expiresAtMs: 3_600_000, nowMs: 0 })).toBe(3_540_000);
    expect(renewalDelayMs({ expiresAtMs: 60_000, nowMs: 0 })).toBe(30_000);
    expect(renewalDelayMs({ expiresAtMs: 0, nowMs: 5 })).toBe(0);
  });
});
