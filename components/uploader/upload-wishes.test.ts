import { describe, expect, it } from "vitest";
import { countUploadWishes, noUploadWishes, uploadOptions } from "./upload-wishes.ts";

describe("wishes of an upload", () => {
  it("say nothing when nothing is wished", () => {
    expect(uploadOptions(noUploadWishes)).toBe("");
    expect(countUploadWishes(noUploadWishes)).toBe(0);
  });

  it("name only what is wished", () => {
    const wishes = { ...noUploadWishes, audioOnly: true, watermark: "w1" };
    expect(JSON.parse(uploadOptions(wishes))).toEqual({ audioOnly: true, watermarkId: "w1" });
    expect(countUploadWishes(wishes)).toBe(2);
  });

  it("take off what the defaults would put on", () => {
    const wishes = { ...noUploadWishes, audio: false, normalize: false, watermark: "none" };
    expect(JSON.parse(uploadOptions(wishes))).toEqual({ audio: false, normalize: false, watermarkId: null });
    expect(countUploadWishes(wishes)).toBe(3);
  });
});
