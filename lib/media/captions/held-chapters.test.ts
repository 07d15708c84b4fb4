import { expect, test } from "vitest";
import { heldChapters } from "#lib/media/captions/held-chapters.ts";

const listed = "0:00 One\n0:10 Two\n0:20 Three";
const file = { startMs: 0, title: "From the file", origin: "file" as const };
const own = { startMs: 5_000, title: "By hand", origin: "editor" as const };
const of = (input: Partial<Parameters<typeof heldChapters>[0]>) =>
  heldChapters({ rows: [], noChapters: false, description: "", durationMs: 60_000, ...input });

test("an editor's chapters hold before the description's, and those before the file's", () => {
  expect(of({ rows: [file, own], description: listed })).toEqual({
    origin: "editor",
    items: [{ startMs: 5_000, title: "By hand" }],
  });
  expect(of({ rows: [file], description: listed })).toMatchObject({ origin: "description", items: { length: 3 } });
  expect(of({ rows: [file] })).toEqual({ origin: "file", items: [{ startMs: 0, title: "From the file" }] });
  expect(of({})).toEqual({ origin: null, items: [] });
});

test("times that leave the description give the file's chapters back", () => {
  expect(of({ rows: [file], description: "0:00 One\n0:10 Two" }).origin).toBe("file");
});

test("an editor who wants none has none", () => {
  expect(of({ rows: [file], description: listed, noChapters: true })).toEqual({ origin: "editor", items: [] });
});
