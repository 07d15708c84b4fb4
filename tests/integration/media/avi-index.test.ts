import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closePackaging } from "#lib/packaging/index.ts";
import { aviWithIndex, type ChangeEntry, lies, setKey, shownByIndex } from "#tests/media/avi-with-index.ts";
import { canBeginInside } from "#worker/steps/read-avi-index.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kinora-lies-"));
});
afterAll(async () => {
  await closePackaging();
  await rm(folder, { recursive: true, force: true });
});

const unchanged: ChangeEntry = () => undefined;

test.each(Object.entries(lies))("an AVI in whose index %s is not entered by it", async (name, change) => {
  expect(await canBeginInside(await aviWithIndex({ folder, name, change }))).toBe(false);
});

// What such files show is compared for every lie by `npm run test:corpus`, and here for one.
test("an AVI that is not entered by its index is encoded in one piece", { timeout: 120_000 }, async () => {
  const [[name, change] = ["", unchanged]] = Object.entries(lies);
  const { chunks, cut, whole } = await shownByIndex(await aviWithIndex({ folder, name, change }), folder);
  expect(chunks).toBe(1);
  expect(cut).toEqual(whole);
});

test("an AVI whose index lists fewer key frames than there are is entered at those", {
  timeout: 120_000,
}, async () => {
  const change: ChangeEntry = (entry, picture) => picture > 100 && setKey(entry, false);
  const path = await aviWithIndex({ folder, name: "few-keys", change });
  const { chunks, cut, whole } = await shownByIndex(path, folder);
  expect(chunks).toBeGreaterThan(2);
  expect(cut).toEqual(whole);
});

test.each<[string, (list: number) => number]>([
  ["from the file's start", (list) => list],
  ["from anywhere", () => 3],
])("an AVI whose index counts %s is entered by it", { timeout: 120_000 }, async (name, shiftOf) => {
  const path = join(folder, `${name.replaceAll(/\W/g, "-")}.avi`);
  await copyFile(await aviWithIndex({ folder, name: "good", change: unchanged }), path);
  const bytes = await readFile(path);
  const shift = shiftOf(bytes.indexOf("movi"));
  const index = bytes.lastIndexOf("idx1");
  for (let at = index + 8; at + 16 <= bytes.length; at += 16) {
    bytes.writeUInt32LE(bytes.readUInt32LE(at + 8) + shift, at + 8);
  }
  await writeFile(path, bytes);
  const { chunks, cut, whole } = await shownByIndex(path, folder);
  expect(chunks).toBeGreaterThan(2);
  expect(cut).toEqual(whole);
});

test.each([
  ["AVI of another kind", (bytes: Buffer) => bytes.write("AVI\x19", 8, "latin1")],
  ["AVI that says nothing of its packets", (bytes: Buffer) => bytes.write("junk", bytes.indexOf("movi"), "latin1")],
])("an %s is judged as one", async (name, change) => {
  const path = await aviWithIndex({ folder, name, change: unchanged });
  expect(await canBeginInside(path)).toBe(true);
  const bytes = await readFile(path);
  change(bytes);
  bytes.write("JUNK", bytes.lastIndexOf("idx1"), "latin1");
  await writeFile(path, bytes);
  expect(await canBeginInside(path)).toBe(false);
});

test.each([
  ["xvid", ["-c:v", "libxvid", "-q:v", "4", "-bf", "2", "-g", "40"]],
  ["h264", ["-c:v", "libx264", "-preset", "veryfast", "-g", "40"]],
  ["msmpeg4v2", ["-c:v", "msmpeg4v2", "-q:v", "4", "-g", "40"]],
  ["msmpeg4", ["-c:v", "msmpeg4", "-q:v", "4", "-g", "40"]],
  ["wmv1", ["-c:v", "wmv1", "-q:v", "4", "-g", "40"]],
  ["wmv2", ["-c:v", "wmv2", "-q:v", "4", "-g", "40"]],
  ["mjpeg", ["-c:v", "mjpeg", "-q:v", "4"]],
  ["mpeg2video", ["-c:v", "mpeg2video", "-q:v", "4", "-g", "40"]],
])("an index of %s is believed, and not when it lies", { timeout: 60_000 }, async (codec, options) => {
  const truth = { folder, name: `true-${codec}`, change: unchanged, codec: options };
  expect(await canBeginInside(await aviWithIndex(truth))).toBe(true);
  if (codec === "mjpeg" || codec === "mpeg2video") return;
  const change: ChangeEntry = (entry, picture) => setKey(entry, picture % 9 === 0);
  expect(await canBeginInside(await aviWithIndex({ folder, name: `false-${codec}`, change, codec: options }))).toBe(
    false,
  );
});
