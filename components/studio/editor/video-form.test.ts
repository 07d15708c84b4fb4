import { describe, expect, it } from "vitest";
import { sampleVideo } from "../studio-fixtures.ts";
import { faultsOf, formOf, isEmptyPatch, patchOf, rebased } from "./video-form.ts";

const video = sampleVideo({ title: "Valley", description: "Four seasons.", tags: ["nature"] });
const base = formOf(video);

describe("the editor's form", () => {
  it("sends only what was changed here", () => {
    expect(patchOf({ base, form: { ...base, title: " New name " } })).toEqual({ title: "New name" });
    expect(isEmptyPatch(patchOf({ base, form: { ...base, title: "Valley " } }))).toBe(true);
  });

  it("follows what is saved elsewhere in fields not touched here, and keeps the touched ones", () => {
    const form = { ...base, title: "Typed here" };
    const next = rebased({ base, form, video: { ...video, title: "Saved there", visibility: "public" } });
    expect(next.form).toEqual({ ...form, visibility: "public" });
    expect(patchOf(next)).toEqual({ title: "Typed here" });
  });

  it("takes tags that were added elsewhere beside those typed here, as an accepted suggestion is", () => {
    const form = { ...base, tags: ["nature", "typed"] };
    const next = rebased({ base, form, video: { ...video, tags: ["nature", "dog"] } });
    expect(next.form.tags).toEqual(["nature", "typed", "dog"]);
    expect(patchOf(next)).toEqual({ tags: ["nature", "typed", "dog"] });
    const removed = rebased({ base, form: { ...base, tags: [] }, video: { ...video, tags: ["nature", "dog"] } });
    expect(removed.form.tags).toEqual(["dog"]);
  });

  it("moves to another channel only when it was chosen here", () => {
    expect(patchOf({ base, form: { ...base, channelId: "another" } })).toEqual({ channelId: "another" });
    const moved = rebased({ base, form: base, video: { ...video, channel: { ...video.channel, id: "third" } } });
    expect(moved.form.channelId).toBe("third");
    expect(isEmptyPatch(patchOf(moved))).toBe(true);
  });

  it("says what the video is about and in which language, and takes both back", () => {
    const chosen = { ...base, category: "food" as const, language: "uk" };
    expect(patchOf({ base, form: chosen })).toEqual({ category: "food", language: "uk" });
    expect(patchOf({ base: chosen, form: base })).toEqual({ category: null, language: null });
    const next = rebased({ base, form: { ...base, language: "uk" }, video: { ...video, category: "art" } });
    expect(next.form).toMatchObject({ category: "art", language: "uk" });
  });

  it("stays the same when only progress changed", () => {
    expect(rebased({ base, form: base, video: { ...video, playable: false } })).toEqual({ base, form: base });
  });

  it("names faults before asking the server", () => {
    expect(faultsOf({ ...base, title: "  " })).toEqual({ title: "titleMissing" });
    expect(faultsOf({ ...base, title: "x".repeat(201), description: "x".repeat(10_001) })).toEqual({
      title: "titleTooLong",
      description: "descriptionTooLong",
    });
  });
});
