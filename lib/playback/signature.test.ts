import { describe, expect, it } from "vitest";
import { makeKeyRing } from "#lib/playback/key-ring.ts";
import { type CheckedScope, signScope, verifySignature } from "#lib/playback/signature.ts";

const authSecret = "only-for-tests-only-for-tests-only-for-tests";
const keys = makeKeyRing({ playbackKeys: [], authSecret });
const token = "0190a0000000700080000000000000aa";
const made = { prefix: "runs/v1/", purpose: "playback", playbackVersion: 1, grant: token } as const;
const scope: CheckedScope = { prefix: "runs/v1/", purpose: "playback", playbackVersion: 1, revokedGrants: [] };
const signature = signScope({ key: keys[0], scope: { ...made, expiresAtSeconds: 1000 } });
const at = (seconds: number) => new Date(seconds * 1000);
const verify = (changes: Partial<Parameters<typeof verifySignature>[0]> = {}) =>
  verifySignature({ keys, signature, scope, now: at(0), ...changes });

describe("playback signatures", () => {
  it("are valid until their second of expiry", () => {
    expect(verify({ now: at(999) })).toBe("valid");
    expect(verify({ now: at(1000) })).toBe("expired");
  });

  it("bind prefix, purpose, expiry, version, grant and secret", () => {
    expect(verify({ scope: { ...scope, prefix: "runs/v2/" } })).toBe("forged");
    // Another purpose's signature, should there ever be another one.
    expect(verify({ scope: { ...scope, purpose: "download" as "playback" } })).toBe("forged");
    const parts = signature.split(".");
    const changed = ["x", "rt", "2", "s", "A".repeat(43)];
    for (const [index, part] of changed.entries()) {
      expect(verify({ signature: parts.with(index, part).join(".") }), part).toBe("forged");
    }
    expect(verify({ keys: makeKeyRing({ playbackKeys: [], authSecret: "another" }) })).toBe("forged");
  });

  it("end with their video's version and with their grant", () => {
    expect(verify({ scope: { ...scope, playbackVersion: 2 } })).toBe("revoked");
    expect(verify({ scope: { ...scope, revokedGrants: ["s", token] } })).toBe("revoked");
    expect(verify({ scope: { ...scope, revokedGrants: ["s"] } })).toBe("valid");
  });

  it("have exactly one spelling: the spare bits of base64url do not count as another", () => {
    const last = signature.at(-1) ?? "";
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (const letter of [...alphabet].filter((other) => other !== last)) {
      expect(verify({ signature: signature.slice(0, -1) + letter })).toBe("forged");
    }
  });

  it.each(["", ".", "x", "....", `${signature}=`, ` ${signature}`, signature.toUpperCase()])(
    "refuse the malformed %j",
    (bad) => expect(verify({ signature: bad })).toBe("forged"),
  );
});

describe("the key ring", () => {
  const key = (letter: string) => `k${letter}:${letter.repeat(43)}`;

  it("signs with its first key and opens with all, so that keys are changed without interrupting anybody", () => {
    const before = makeKeyRing({ playbackKeys: [key("a")], authSecret });
    const during = makeKeyRing({ playbackKeys: [key("b"), key("a")], authSecret });
    const after = makeKeyRing({ playbackKeys: [key("b")], authSecret });
    const old = signScope({ key: before[0], scope: { ...made, expiresAtSeconds: 1000 } });
    expect(verify({ signature: old, keys: during })).toBe("valid");
    expect(verify({ signature: old, keys: after })).toBe("forged");
    const fresh = signScope({ key: during[0], scope: { ...made, expiresAtSeconds: 1000 } });
    expect(fresh.split(".")[0]).toBe("kb");
    expect(verify({ signature: fresh, keys: after })).toBe("valid");
    // The derived key counts only while no other is named.
    expect(verify({ keys: during })).toBe("forged");
  });
});
