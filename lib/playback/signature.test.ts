import { describe, expect, it } from "vitest";
import { playbackKey, signScope, verifyToken } from "#lib/playback/signature.ts";

const key = playbackKey("only-for-tests-only-for-tests-only-for-tests");
const scope = { videoId: "v1", prefix: "runs/v1/", purpose: "playback", playbackVersion: 1 } as const;
const token = signScope({ key, scope: { ...scope, expiresAtSeconds: 1000 } });
const at = (seconds: number) => new Date(seconds * 1000);

describe("playback signatures", () => {
  it("are valid until their second of expiry", () => {
    expect(verifyToken({ key, token, scope, now: at(999) })).toBe("valid");
    expect(verifyToken({ key, token, scope, now: at(1000) })).toBe("expired");
  });

  it("bind video, prefix, version, expiry and secret", () => {
    const now = at(0);
    expect(verifyToken({ key, token, scope: { ...scope, videoId: "v2" }, now })).toBe("forged");
    expect(verifyToken({ key, token, scope: { ...scope, prefix: "runs/v2/" }, now })).toBe("forged");
    expect(verifyToken({ key, token, scope: { ...scope, playbackVersion: 2 }, now })).toBe("forged");
    expect(verifyToken({ key, token: token.replace(/^rs/, "rt"), scope, now })).toBe("forged");
    expect(verifyToken({ key: playbackKey("another"), token, scope, now })).toBe("forged");
  });

  it("have exactly one spelling: the spare bits of base64url do not count as another", () => {
    const last = token.at(-1) ?? "";
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const others = [...alphabet].filter((letter) => letter !== last);
    for (const letter of others) {
      expect(verifyToken({ key, token: token.slice(0, -1) + letter, scope, now: at(0) })).toBe("forged");
    }
  });

  it.each(["", ".", "x", `${token}=`, ` ${token}`, token.toUpperCase()])("refuse the malformed %j", (bad) => {
    expect(verifyToken({ key, token: bad, scope, now: at(0) })).toBe("forged");
  });
});
