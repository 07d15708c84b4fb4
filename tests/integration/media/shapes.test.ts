import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pictureFacts } from "#lib/media/stills/picture-facts.ts";
import { beepTimes, flashAndBeep, flashTimes } from "#tests/media/flash-and-beep.ts";
import { processFile } from "#tests/media/process-file.ts";
import { joinedFile, parsePlaylist, readRendition } from "#tests/media/read-run.ts";
import { lavfi, runTool } from "#tests/media/run-tool.ts";

let folder: string;
const fast = ["-c:v", "libx264", "-preset", "ultrafast"];
/** No browser decodes it: there is no source rung beside what is encoded. */
const unplayable = ["-c:v", "mpeg4", "-q:v", "4"];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kinora-shapes-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const processed = async (name: string, args: readonly string[]) => {
  const sourcePath = join(folder, name);
  await runTool("ffmpeg", [...args, sourcePath]);
  const run = await processFile({ sourcePath, outDir: await mkdtemp(join(folder, "out-")) });
  expect(() => readFile(join(run.runDir, "index.m3u8"), "utf8").then(parsePlaylist)).not.toThrow();
  return run;
};

test("sound alone becomes a video with a drawn cover, as long as the sound", async () => {
  const { finish, plan, runDir } = await processed("song.mp3", [...lavfi("sine=d=5"), "-c:a", "libmp3lame"]);
  expect(plan.picture.origin).toBe("cover");
  expect(finish.renditions.map(({ name, width, height }) => [name, width, height])).toEqual([
    ["360p", 640, 360],
    ["720p", 1280, 720],
    ["audio-0", null, null],
  ]);
  expect(Math.abs(finish.durationMs - 5_000)).toBeLessThan(250);
  expect(finish.posterKey).not.toBeNull();
  expect(finish.posterWidths).toEqual([320, 640]);
  const files = ["poster.jpg", "poster-w320.webp", "poster-w640.webp"];
  const pictures = await Promise.all(files.map((name) => readFile(join(runDir, name))));
  expect(pictures.map(pictureFacts)).toMatchObject([
    { format: "jpeg", width: 1280, height: 720 },
    { format: "webp", width: 320, height: 180 },
    { format: "webp", width: 640, height: 360 },
  ]);
  const named = finish.assets.filter(({ kind }) => kind === "poster" || kind === "thumbnail");
  expect(named.map(({ sizeBytes }) => sizeBytes)).toEqual(pictures.map(({ byteLength }) => byteLength));
  expect((await readRendition(runDir, "360p")).segments.map(({ seconds }) => seconds)).toEqual([4, 1]);
}, 60_000);

test("a picture without sound has no audio rendition", async () => {
  const { finish, runDir } = await processed("mute.mp4", [...lavfi("testsrc2=s=320x180:r=25:d=2"), ...fast]);
  // H.264 as small as this needs no other rung.
  expect(finish.renditions.map(({ name }) => name)).toEqual(["source"]);
  const text = await readFile(join(runDir, "index.m3u8"), "utf8");
  expect(text).not.toContain("EXT-X-MEDIA");
  expect(text).not.toContain("mp4a");
}, 60_000);

test("a phone's rotated video comes out upright, odd sizes even and never larger", async () => {
  const flat = join(folder, "flat.mp4");
  await runTool("ffmpeg", [...lavfi("testsrc2=s=321x181:r=25:d=1"), ...fast, "-pix_fmt", "yuv444p", flat]);
  const { finish } = await processed("turned.mp4", ["-i", flat, "-c", "copy", "-metadata:s:v", "rotate=90"]);
  expect(finish).toMatchObject({ width: 180, height: 320 });
}, 60_000);

test("non-square pixels are shown square", async () => {
  const source = [...lavfi("testsrc2=s=360x288:r=25:d=1"), "-vf", "setsar=16/11", ...fast];
  const { finish } = await processed("anamorphic.mp4", source);
  expect(finish).toMatchObject({ width: 524, height: 288 });
}, 60_000);

test("variable rate and a gap become a constant rate of the same length", async () => {
  const drop = "select='if(lt(t,2),not(mod(n,3)),1)*not(between(t,3,4))'";
  const source = [...lavfi("testsrc2=s=160x90:r=60:d=5"), "-vf", drop, "-fps_mode", "vfr", ...unplayable];
  const { finish, plan, runDir } = await processed("variable.mkv", source);
  expect(plan.grid.frameRate).toEqual({ num: 60, den: 1 });
  expect(finish.durationMs).toBe(5_000);
  const { segments } = await readRendition(runDir, "90p");
  expect(segments.map(({ sampleCount }) => sampleCount)).toEqual([240, 60]);
}, 60_000);

test("encoded sound of another container stays with the picture within 40 ms", async () => {
  const inputs = flashAndBeep({ size: "160x90", rate: "25", seconds: 4 });
  const { plan, runDir } = await processed("late.mkv", [...inputs, ...unplayable, "-c:a", "flac"]);
  expect(plan.audio.map(({ mode }) => mode)).toEqual(["encode"]);
  const beeps = await beepTimes(await joinedFile(runDir, "audio-0"));
  const flashes = await flashTimes(await joinedFile(runDir, "90p"));
  expect(beeps).toHaveLength(4);
  for (const [index, flash] of flashes.entries()) {
    expect(Math.abs(flash - (beeps[index] ?? Number.NaN)), `second ${index}`).toBeLessThan(0.04);
  }
}, 60_000);

test.each([
  ["longer", "2", "5"],
  ["shorter", "5", "2"],
])(
  "sound %s than the picture: both renditions last equally long and hold no empty segment",
  async (name, picture, sound) => {
    const inputs = [...lavfi(`testsrc2=s=160x90:r=25:d=${picture}`), ...lavfi(`sine=d=${sound}`)];
    const { finish, runDir } = await processed(`${name}.mp4`, [...inputs, ...unplayable, "-c:a", "aac"]);
    const [video, audio] = await Promise.all([readRendition(runDir, "90p"), readRendition(runDir, "audio-0")]);
    const length = (rendition: typeof video) => rendition.segments.reduce((sum, { seconds }) => sum + seconds, 0);
    expect(Math.abs(length(video) - length(audio))).toBeLessThan(0.06);
    expect(Math.abs(finish.durationMs - 5_000)).toBeLessThan(60);
    expect(Math.min(...audio.segments.map(({ seconds }) => seconds))).toBeGreaterThan(0.5);
  },
  60_000,
);
