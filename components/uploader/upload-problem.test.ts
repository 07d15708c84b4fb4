import { describe, expect, it } from "vitest";
import { uploadFault } from "./upload-problem.ts";

const ours = (code: string) => JSON.stringify({ error: { code, message: "…", requestId: "r" } });

describe("uploadFault", () => {
  it.each([null, 0, 408, 409, 423, 429, 500, 502, 503, 504])("goes on by itself after %s", (status) => {
    expect(uploadFault({ status, body: "" })).toEqual({ kind: "transient" });
  });

  it.each([
    [401, "", "session_ended"],
    [403, ours("forbidden"), "forbidden"],
    [404, "", "gone"],
    [410, "", "gone"],
    [404, ours("not_found"), "gone"],
    [404, JSON.stringify({ error: { code: "not_found", fields: { channelId: "…" } } }), "channel_gone"],
    [403, ours("address_unconfirmed"), "address_unconfirmed"],
    [415, "", "unsupported"],
    [507, ours("no_space"), "no_space"],
    [400, ours("invalid_input"), "refused"],
  ] as const)("stops after %s and says why", (status, body, problem) => {
    expect(uploadFault({ status, body })).toEqual({ kind: "stop", problem });
  });

  it("tells the server's limit, the quota and a proxy's limit apart", () => {
    expect(uploadFault({ status: 413, body: ours("too_large") })).toEqual({ kind: "stop", problem: "too_large" });
    expect(uploadFault({ status: 413, body: ours("quota_exceeded") })).toEqual({
      kind: "stop",
      problem: "quota_exceeded",
    });
    expect(uploadFault({ status: 413, body: "<html>413 Request Entity Too Large</html>" })).toEqual({
      kind: "stop",
      problem: "proxy_too_large",
    });
  });
});
