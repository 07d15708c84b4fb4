import { describe, expect, it } from "vitest";
import { embedOptions } from "#lib/sharing/embed-options.ts";

const usual = {
  startSeconds: 0,
  endSeconds: null,
  autoplay: false,
  muted: false,
  loop: false,
  controls: true,
  captions: null,
  color: "accent",
};

describe("an embed's options", () => {
  it("are the usual ones without an address's wishes", () => expect(embedOptions({})).toEqual(usual));

  it("are read from the address", () => {
    const search = { start: "1m5s", end: "90", autoplay: "1", muted: "true", loop: "", controls: "0" };
    expect(embedOptions({ ...search, captions: "uk-UA", color: "danger" })).toEqual({
      ...{ startSeconds: 65, endSeconds: 90, autoplay: true, muted: true, loop: true, controls: false },
      ...{ captions: "uk-ua", color: "danger" },
    });
    expect(embedOptions({ t: "83s" }).startSeconds).toBe(83);
    expect(embedOptions({ start: "1.5" }).startSeconds).toBe(1.5);
  });

  it("leave what they do not understand as usual", () => {
    const odd = { start: "-5", end: "soon", autoplay: "maybe", controls: ["1", "0"], captions: "<b>", color: "#f00" };
    expect(embedOptions(odd)).toEqual(usual);
    expect(embedOptions({ start: "90", end: "60" }).endSeconds).toBeNull();
    expect(embedOptions({ start: "999h" }).startSeconds).toBe(7 * 24 * 3600);
  });
});
