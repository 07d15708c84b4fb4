import { expect, test } from "vitest";
import { signInRefusal } from "#lib/api-client/sign-in-refusal.ts";

const answer = (facts: { ok: boolean; status: number; error?: string | null; url?: string | null }) => ({
  error: null,
  url: null,
  ...facts,
});

test.each([
  [{ ok: true, status: 200, url: "http://tube.lan/studio" }, null],
  [{ ok: true, status: 200, url: "http://tube.lan/api/auth/signin?csrf=true" }, "cookies_refused"],
  [{ ok: true, status: 200, error: "Callback" }, "unauthenticated"],
  [{ ok: false, status: 401, error: "CredentialsSignin" }, "unauthenticated"],
  [{ ok: false, status: 401, error: "second_factor_required" }, "second_factor_required"],
  [{ ok: false, status: 403, error: "forbidden" }, "forbidden"],
  [{ ok: false, status: 429, error: "Other" }, "rate_limited"],
  [{ ok: false, status: 503 }, "unavailable"],
])("%j is told as %s", (facts, code) => {
  expect(signInRefusal(answer(facts))).toBe(code);
});

test("no answer is none", () => {
  expect(signInRefusal(undefined)).toBe("unavailable");
});
