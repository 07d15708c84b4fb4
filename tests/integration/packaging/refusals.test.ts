import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closePackaging } from "#lib/packaging/index.ts";
import { lavfi, runTool } from "#tests/media/run-tool.ts";
import { clipFolder, readClip, requireRung } from "./packaged-clip.ts";

let folder: Awaited<ReturnType<typeof clipFolder>>;
const clip = (name: string) => join(folder.path, name);

const picture = lavfi("testsrc2=s=160x90:r=25:d=12");
const avc = ["-c:v", "libx264", "-preset", "veryfast", "-g", "50", "-bf", "2"];

beforeAll(async () => {
  folder = await clipFolder();
  await runTool("ffmpeg", [...picture, ...lavfi("sine=440:d=12"), ...avc, "-c:a", "aac", clip("good.mp4")]);
});

afterAll(async () => {
  await closePackaging();
  await folder.remove();
});

const reasonOf = async (name: string): Promise<string> => {
  const answer = await readClip(clip(name));
  return "refused" in answer ? answer.refused : "taken";
};

const remux = (name: string, ...options: string[]) =>
  runTool("ffmpeg", ["-i", clip("good.mp4"), "-c", "copy", ...options, clip(name)]);

/** Writes a copy of the good clip with one word of its boxes changed. */
const patched = async (name: string, change: (bytes: Buffer) => void) => {
  const bytes = await readFile(clip("good.mp4"));
  change(bytes);
  await writeFile(clip(name), bytes);
};

test("the clip that the others are made of is taken", async () => {
  expect(await reasonOf("good.mp4")).toBe("taken");
});

test.each<[string, string[], RegExp]>([
  ["open groups of pictures", ["-x264-params", "open-gop=1:scenecut=0"], /key frame/],
  ["key frames far apart", ["-g", "9999"], /key frames 12\.0 s apart/],
  ["pixels that are not square", ["-vf", "setsar=4/3"], /not square/],
  ["4:4:4", ["-pix_fmt", "yuv444p"], /yuv444p/],
  [
    "high dynamic range",
    ["-color_trc", "smpte2084", "-color_primaries", "bt2020", "-colorspace", "bt2020nc"],
    /dynamic/,
  ],
  ["an interlaced picture", ["-s", "160x96", "-flags", "+ilme+ildct", "-x264-params", "tff=1"], /interlaced/],
  ["120 frames a second", ["-r", "120"], /frames a second/],
])("%s need an encoder", async (what, options, reason) => {
  const name = `${what.replace(/\W/g, "-")}.mp4`;
  await runTool("ffmpeg", [...picture, ...avc, ...options, clip(name)]);
  expect(await reasonOf(name)).toMatch(reason);
});

test("a turned picture needs an encoder", async () => {
  await runTool("ffmpeg", ["-i", clip("good.mp4"), "-c", "copy", "-metadata:s:v", "rotate=90", clip("turned.mp4")]);
  expect(await reasonOf("turned.mp4")).toBe("turned");
});

test("fragmented files are not read", async () => {
  await remux("fragments.mp4", "-movflags", "frag_keyframe+empty_moov");
  expect(await reasonOf("fragments.mp4")).toBe("fragmented");
});

test("an edit that cuts pictures off is refused", async () => {
  await runTool("ffmpeg", ["-ss", "3", "-i", clip("good.mp4"), "-c", "copy", clip("cut.mp4")]);
  expect(await reasonOf("cut.mp4")).toMatch(/edit|starts/);
});

test("a file that calls every frame a key frame is found out", async () => {
  await runTool("ffmpeg", [...picture, ...avc, "-bf", "0", clip("plain.mp4")]);
  const bytes = await readFile(clip("plain.mp4"));
  bytes.write("free", bytes.indexOf("stss"), "latin1");
  await writeFile(clip("all-keys.mp4"), bytes);
  expect(await reasonOf("all-keys.mp4")).toBe("a key frame that is none");
});

test("an index that claims five million packets is refused at once", async () => {
  await patched("million.mp4", (bytes) => {
    const at = bytes.indexOf("stsz");
    bytes.writeUInt32BE(1, at + 8);
    bytes.writeUInt32BE(5_000_000, at + 12);
  });
  const before = performance.now();
  const answer = await readClip(clip("million.mp4"));
  expect(answer).toHaveProperty("refused");
  expect(performance.now() - before).toBeLessThan(5_000);
});

test("packets beyond the end of a cut file are refused", async () => {
  await remux("first.mp4", "-movflags", "+faststart");
  const bytes = await readFile(clip("first.mp4"));
  await writeFile(clip("short.mp4"), bytes.subarray(0, Math.floor(bytes.byteLength * 0.7)));
  expect(await reasonOf("short.mp4")).toBe("packets outside the media boxes");
});

test("sound that browsers do not take is left to the audio step", async () => {
  await runTool("ffmpeg", ["-i", clip("good.mp4"), "-c:v", "copy", "-c:a", "ac3", clip("ac3.mp4")]);
  expect((await requireRung(clip("ac3.mp4"))).audio).toEqual([]);
  await runTool("ffmpeg", ["-i", clip("good.mp4"), "-c:v", "copy", "-c:a", "aac", "-ac", "6", clip("surround.mp4")]);
  expect((await requireRung(clip("surround.mp4"))).audio).toEqual([]);
});

test("sound with a gap is left to the audio step", async () => {
  const late = ["-itsoffset", "2", "-i", clip("good.mp4"), "-i", clip("good.mp4")];
  await runTool("ffmpeg", [...late, "-map", "1:v", "-map", "0:a", "-c", "copy", clip("late.mp4")]);
  expect((await requireRung(clip("late.mp4"))).audio).toEqual([]);
});

test("damaged MKV files are refused or taken, never thrown", async () => {
  await remux("good.mkv");
  const good = await readFile(clip("good.mkv"));
  for (let round = 0; round < 40; round += 1) {
    const bytes = Buffer.from(good);
    // The head, the cues at the end and clusters in between.
    const at = round % 3 === 0 ? round * 17 : round % 3 === 1 ? bytes.byteLength - 20 - round * 5 : round * 4_001;
    bytes[at % bytes.byteLength] = (round * 37) & 255;
    await writeFile(clip("damaged.mkv"), bytes);
    const probed = await readClip(clip("damaged.mkv")).catch((error: unknown) => {
      // ffprobe may give up on it first.
      if (error instanceof Error && /ffprobe|media failed/.test(error.message)) return { refused: "by ffprobe" };
      throw error;
    });
    expect(Object.keys(probed)).toHaveLength(1);
  }
}, 120_000);
