import { afterEach, describe, expect, test } from "vitest";
import { overrideEnv } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";
import { checkOrigin } from "#lib/web/check-origin.ts";

const own = "http://192.168.1.5:3000";
const cookie = "next-auth.session-token=whatever";

const verdict = (headers: Record<string, string>, method = "POST"): string => {
  const request = new Request(`${own}/api/v1/me`, { method, headers: { host: "192.168.1.5:3000", ...headers } });
  try {
    checkOrigin(request);
    return "passes";
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
};

afterEach(() => overrideEnv({ PUBLIC_URL: undefined, CORS_ORIGINS: undefined }));

describe("checkOrigin", () => {
  test.each([
    ["a program without cookie and origin", {}, "passes"],
    ["our own page", { cookie, origin: own }, "passes"],
    ["our own page without a session", { origin: own }, "passes"],
    ["our own page over TLS that a proxy ended", { cookie, origin: "https://192.168.1.5:3000" }, "passes"],
    ["another site with our cookie", { cookie, origin: "https://evil.example" }, "forbidden"],
    ["another site without our cookie", { origin: "https://evil.example" }, "forbidden"],
    ["another port of this host", { cookie, origin: "http://192.168.1.5:8080" }, "forbidden"],
    ["a sandboxed page", { cookie, origin: "null" }, "forbidden"],
    ["a cookie without an origin", { cookie }, "forbidden"],
    [
      "a cookie without an origin that the browser calls same-origin",
      { cookie, "sec-fetch-site": "same-origin" },
      "passes",
    ],
    ["a cookie without an origin from the same site", { cookie, "sec-fetch-site": "same-site" }, "forbidden"],
    ["a host that only begins like ours", { cookie, origin: `${own}.evil.example` }, "forbidden"],
  ])("%s: %j", (_, headers, expected) => {
    expect(verdict(headers)).toBe(expected);
  });

  test("reading is never refused", () => {
    expect(verdict({ cookie, origin: "https://evil.example" }, "GET")).toBe("passes");
  });

  test("PUBLIC_URL is ours too", () => {
    overrideEnv({ PUBLIC_URL: "https://tube.example" });
    expect(verdict({ cookie: "__Secure-next-auth.session-token=x", origin: "https://tube.example" })).toBe("passes");
  });

  test("CORS_ORIGINS may call without our cookie only", () => {
    overrideEnv({ CORS_ORIGINS: "https://app.example" });
    expect(verdict({ origin: "https://app.example" })).toBe("passes");
    expect(verdict({ origin: "https://app.example", cookie })).toBe("forbidden");
  });
});
