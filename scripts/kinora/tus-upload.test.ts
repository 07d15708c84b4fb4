import { expect, test } from "vitest";
import { uploadMetadata } from "#scripts/kinora/tus-upload.ts";

test("metadata goes out as base64 of UTF-8, comma-separated", () => {
  expect(uploadMetadata({ title: "Їжак", visibility: "public" })).toBe("title 0IfQttCw0Lo=,visibility cHVibGlj");
});
