import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ProcessedFile, processFile } from "#tests/media/process-file.ts";
import { parsePlaylist, readRendition } from "#tests/media/read-run.ts";
import { runTool } from "#tests/media/run-tool.ts";

let folder: string;
let run: ProcessedFile;

const seconds = 18;

/** Mean colour of a stretch of a picture, or of the first frame of a clip. */
const meanColour = async (args: readonly string[]): Promise<number[]> => [
  ...(await runTool("ffmpeg", [...args, "-frames:v", "1", "-pix_fmt", "rgb24", "-f", "rawvideo", "-"])),
];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kinora-stills-"));
  const sourcePath = join(folder, "clip.mp4");
  // The colour tells the time: red rises with every second, so that a tile can be told from its neighbour.
  const colour = "geq=r='min(255,14*floor(T))':g='60+30*mod(floor(X/10)+floor(Y/10),2)':b=90";
  await runTool("ffmpeg", [
    ...["-f", "lavfi", "-i", `color=black:s=160x90:r=25,format=rgb24,${colour},scale=854:480,format=yuv420p`],
    ...["-t", String(seconds), "-c:v", "libx264", "-preset", "ultrafast", "-crf", "18", "-g", "50", sourcePath],
  ]);
  run = await processFile({ sourcePath, outDir: folder });
}, 180_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the storyboard", () => {
  test("has a tile per segment whose picture is that of its time", async () => {
    const vtt = await readFile(join(run.runDir, "storyboard.vtt"), "utf8");
    expect(vtt.split("\n").slice(0, 5)).toEqual([
      "WEBVTT",
      "",
      "00:00:00.000 --> 00:00:04.000",
      "storyboard-0.jpg#xywh=0,0,192,108",
      "",
    ]);
    const cues = [...vtt.matchAll(/00:00:(\d\d)\.000 --> \S+\nstoryboard-0\.jpg#xywh=(\d+),(\d+),192,108/g)];
    expect(cues).toHaveLength(5);
    expect(vtt).toContain("00:00:16.000 --> 00:00:18.000\nstoryboard-0.jpg#xywh=768,0,192,108");
    for (const [, start, x, y] of cues) {
      const [red] = await meanColour([
        ...["-i", join(run.runDir, "storyboard-0.jpg")],
        ...["-vf", `crop=192:108:${x}:${y},scale=1:1:flags=area`],
      ]);
      expect(Math.abs((red ?? 0) - 14 * Number(start)), `tile at ${start} s`).toBeLessThan(12);
    }
  });

  test("is recorded with its sheets' size", async () => {
    const asset = run.finish.assets.find(({ kind }) => kind === "storyboard");
    const sizes = await Promise.all(
      ["storyboard.vtt", "storyboard-0.jpg"].map(async (name) => (await stat(join(run.runDir, name))).size),
    );
    expect(asset).toMatchObject({ contentType: "text/vtt", sizeBytes: sizes.reduce((sum, size) => sum + size, 0) });
    expect(asset?.key.endsWith("/storyboard.vtt")).toBe(true);
  });
});

test("the preview is small, silent and shows three scenes", async () => {
  const path = join(run.runDir, "preview.mp4");
  const shown = await runTool("ffprobe", [
    ...["-show_entries", "stream=codec_name,width,height,pix_fmt:format=duration", "-of", "json", path],
  ]);
  const { streams, format } = JSON.parse(shown.toString()) as { streams: object[]; format: { duration: string } };
  expect(streams).toEqual([{ codec_name: "h264", width: 320, height: 180, pix_fmt: "yuv420p" }]);
  expect(Math.abs(Number(format.duration) - 3.6)).toBeLessThan(0.15);
  expect((await stat(path)).size).toBeLessThan(200_000);
  const reds = await Promise.all(
    [0.5, 1.7, 2.9].map(async (at) => (await meanColour(["-ss", String(at), "-i", path, "-vf", "scale=1:1"]))[0] ?? 0),
  );
  expect(reds).toEqual(reds.toSorted((a, b) => a - b));
  expect(new Set(reds).size).toBe(3);
});

/** Names of the run's pictures; which of them there are is the ladder's affair. */
const pictures = () => run.finish.renditions.flatMap(({ kind, name }) => (kind === "video" ? [name] : []));

/** Hash of the first frame that these bytes decode to. */
const firstFrame = async (media: Uint8Array, name: string): Promise<string | undefined> => {
  const path = join(folder, name);
  await writeFile(path, media);
  const lines = (await runTool("ffmpeg", ["-i", path, "-frames:v", "1", "-f", "framemd5", "-"])).toString().split("\n");
  return lines.at(-2)?.split(",").at(-1);
};

const checkRanges = async (rendition: string) => {
  const folderOf = join(run.runDir, rendition);
  const { segments } = await readRendition(run.runDir, rendition);
  const parsed = parsePlaylist(await readFile(join(folderOf, "iframes.m3u8"), "utf8"));
  if (parsed.isMasterPlaylist) throw new Error("not a media playlist");
  expect(parsed.isIFrame).toBe(true);
  expect(parsed.segments.map(({ uri }) => uri)).toEqual(segments.map(({ name }) => name));
  const init = await readFile(join(folderOf, "init.mp4"));
  for (const [index, { uri, byterange }] of parsed.segments.entries()) {
    const whole = await readFile(join(folderOf, uri));
    expect(byterange?.offset).toBe(0);
    expect(byterange?.length).toBeLessThan(whole.byteLength);
    const part = Buffer.concat([init, whole.subarray(0, byterange?.length)]);
    expect(await firstFrame(part, `part-${rendition}-${index}.mp4`)).toBe(
      await firstFrame(Buffer.concat([init, whole]), `whole-${rendition}-${index}.mp4`),
    );
  }
};

describe("I-frame playlists", () => {
  test("list every segment's key frame, and a range alone decodes to it", async () => {
    expect(pictures()).toContain("360p");
    for (const rendition of pictures()) await checkRanges(rendition);
  });

  test("are named by the multivariant playlist, and a second client opens one", async () => {
    const master = parsePlaylist(await readFile(join(run.runDir, "index.m3u8"), "utf8"));
    if (!master.isMasterPlaylist) throw new Error("not a multivariant playlist");
    const iframes = master.variants.filter(({ isIFrameOnly }) => isIFrameOnly === true);
    expect(iframes.map(({ uri }) => uri)).toEqual(pictures().map((name) => `${name}/iframes.m3u8`));
    const path = join(run.runDir, "360p", "iframes.m3u8");
    const shown = await runTool("ffprobe", ["-show_entries", "stream=codec_name,width", "-of", "csv=p=0", path]);
    expect(shown.toString()).toContain("h264,640");
  });
});
