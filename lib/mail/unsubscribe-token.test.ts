import { beforeAll, describe, expect, it } from "vitest";
import { overrideEnv } from "#lib/env.ts";
import { readUnsubscribeToken, unsubscribeToken } from "#lib/mail/unsubscribe-token.ts";

const what = { userId: "01912345-0000-7000-8000-000000000001", type: "video.taken_down" };

beforeAll(() => overrideEnv({ AUTH_SECRET: "a-secret-for-unit-tests-a-secret-for-unit-tests" }));

describe("unsubscribeToken", () => {
  it("is read as what it was made of", () => {
    expect(readUnsubscribeToken(unsubscribeToken(what))).toEqual(what);
  });

  it("stands in an address as it is", () => {
    const token = unsubscribeToken(what);
    expect(new URL(`https://example.org/unsubscribe/${token}`).pathname).toBe(`/unsubscribe/${token}`);
  });

  it("cannot be turned to another account or kind", () => {
    const token = unsubscribeToken(what);
    expect(readUnsubscribeToken(token.replace("taken_down", "ready"))).toBeNull();
    expect(readUnsubscribeToken(token.replace("000000000001", "000000000002"))).toBeNull();
  });

  it("has one spelling", () => {
    const token = unsubscribeToken(what);
    const last = token.at(-1) ?? "";
    const next = String.fromCharCode(last.charCodeAt(0) + 1);
    expect(readUnsubscribeToken(token.slice(0, -1) + next)).toBeNull();
    expect(readUnsubscribeToken(`${token}A`)).toBeNull();
    expect(readUnsubscribeToken("")).toBeNull();
  });

  it("does not hold under another secret", () => {
    const token = unsubscribeToken(what);
    overrideEnv({ AUTH_SECRET: "another-secret-for-unit-tests-another-secret" });
    expect(readUnsubscribeToken(token)).toBeNull();
    overrideEnv({ AUTH_SECRET: "a-secret-for-unit-tests-a-secret-for-unit-tests" });
  });
});
