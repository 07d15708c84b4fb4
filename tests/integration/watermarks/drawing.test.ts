import { mkdtemp, readFile, rm, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { db } from "#lib/db/client.ts";
import { videos, watermarks } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import { inspectImage } from "#lib/media/watermark/watermark-image.ts";
import { objectStore } from "#lib/storage/index.ts";
import { watermarkPrefix } from "#lib/storage/keys.ts";
import { createWatermark } from "#lib/watermarks/create-watermark.ts";
import { deleteWatermark, editWatermark } from "#lib/watermarks/edit-watermark.ts";
import { getWatermark } from "#lib/watermarks/list-watermarks.ts";
import { removeUnusedImages } from "#lib/watermarks/remove-unused-images.ts";
import { sendWatermarkImage } from "#lib/watermarks/send-image.ts";
import { setVideoWatermark } from "#lib/watermarks/video-watermark.ts";
import { makePerson, type Person } from "#tests/factories/people.ts";
import { makeVideo } from "#tests/factories/rows.ts";
import { runTool } from "#tests/media/run-tool.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { createFfmpegRunner } from "#worker/ffmpeg.ts";
import { drawWatermarkTask } from "#worker/tasks/draw-watermark.ts";

testDatabase();

const placement = { position: "bottom-right", opacity: 0.8, scale: 0.2, margin: 0.05 } as const;
let folder = "";
let owner: Person;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kinora-marks-"));
  owner = await makePerson();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Carries out the drawing that is due, as the worker does. */
const draw = async (watermarkId: string) => {
  const { ffmpeg } = createFfmpegRunner();
  const [row] = await db().select().from(watermarks).where(eq(watermarks.id, watermarkId));
  const task = drawWatermarkTask({ store: objectStore(), ffmpeg, scratchRoot: join(folder, "scratch") });
  await task.run({ watermarkId, drawingId: row?.drawingId }, { signal: new AbortController().signal });
  return getWatermark({ viewer: owner.account, watermarkId });
};

const rowOf = async (watermarkId: string) =>
  (await db().select().from(watermarks).where(eq(watermarks.id, watermarkId)))[0] ?? null;

const pixelsOf = async (key: string): Promise<Buffer> => {
  const path = (await objectStore().localPath(key)) ?? "";
  return runTool("ffmpeg", ["-v", "error", "-f", "png_pipe", "-i", path, "-f", "rawvideo", "-pix_fmt", "rgba", "-"]);
};

const keysOf = async (watermarkId: string): Promise<string[]> => {
  const keys: string[] = [];
  for await (const { key } of objectStore().list(watermarkPrefix(watermarkId))) keys.push(key);
  return keys;
};

const imageMark = () => createWatermark({ viewer: owner.account, mark: { name: "Logo", placement } });
const send = async (watermarkId: string, bytes: Uint8Array) =>
  sendWatermarkImage({ viewer: owner.account, watermarkId, read: async () => bytes });

/** A picture made by ffmpeg with these arguments between input and output. */
const picture = async (name: string, args: readonly string[]): Promise<Buffer> => {
  const path = join(folder, name);
  await runTool("ffmpeg", ["-v", "error", "-y", ...args, path]);
  return readFile(path);
};
const half = ["-f", "lavfi", "-i", "color=red@0.5:s=300x100:d=1:r=1,format=rgba", "-frames:v", "1"];

describe("a text", () => {
  test("is drawn once, in white with its shadow, Cyrillic and Latin in one line", async () => {
    const made = await createWatermark({
      viewer: owner.account,
      mark: { name: "Studio", text: "© Студія Їжак — Kinora", placement },
    });
    expect(made).toMatchObject({ state: "drawing", image: null });
    const drawn = await draw(made.id);
    expect(drawn.state).toBe("ready");
    const row = await rowOf(made.id);
    const pixels = await pixelsOf(row?.imageKey ?? "");
    const { width = 0, height = 0 } = drawn.image ?? {};
    expect(pixels.byteLength).toBe(width * height * 4);
    expect(width / height).toBeGreaterThan(6);
    const opaque = Array.from({ length: width * height }, (_, at) => pixels.subarray(at * 4, at * 4 + 4)).filter(
      (pixel) => pixel[3] === 255,
    );
    expect(opaque.length).toBeGreaterThan(3_000);
    expect(opaque.every((pixel) => (pixel[0] ?? 0) > 250)).toBe(true);
    // The corners hold nothing at all.
    expect(pixels[3]).toBe(0);
  });

  test("that looks like commands is drawn as it is written", async () => {
    const make = async (text: string) => {
      const { id } = await createWatermark({ viewer: owner.account, mark: { name: "x", text, placement } });
      return (await draw(id)).image;
    };
    const plain = await make("abcdef");
    const braces = await make("{\\fs400}abcdef");
    expect(braces?.height).toBeLessThan((plain?.height ?? 0) * 1.6);
    expect(braces?.width).toBeGreaterThan((plain?.width ?? 0) * 1.6);
  });

  test("with signs that the font has not is refused by name", async () => {
    await expect(
      createWatermark({ viewer: owner.account, mark: { name: "x", text: "kino 電影", placement } }),
    ).rejects.toMatchObject({ code: "invalid_input", fields: { text: expect.stringContaining("電") } });
  });

  test("that is changed is drawn anew, and the image before goes", async () => {
    const { id } = await createWatermark({ viewer: owner.account, mark: { name: "x", text: "one", placement } });
    const first = await draw(id);
    await editWatermark({ viewer: owner.account, watermarkId: id, patch: { text: "one and more" } });
    const second = await draw(id);
    expect(second.image?.width).toBeGreaterThan(first.image?.width ?? 0);
    expect(second.image?.url).not.toBe(first.image?.url);
    await Promise.all((await keysOf(id)).map((key) => makeOld(key)));
    await removeUnusedImages({ watermarkId: id });
    expect(await keysOf(id)).toEqual([(await rowOf(id))?.imageKey]);
  });
});

/** Makes an object look as if it had been there for a while. */
const makeOld = async (key: string) => {
  const then = new Date(Date.now() - 3_600_000);
  await utimes((await objectStore().localPath(key)) ?? "", then, then);
};

describe("an image", () => {
  test.each([
    ["mark.png", []],
    ["mark.webp", ["-c:v", "libwebp", "-lossless", "1"]],
  ] as const)("%s is re-encoded with its transparency", async (name, encoder) => {
    const { id } = await imageMark();
    expect(await send(id, await picture(name, [...half, ...encoder]))).toMatchObject({ state: "drawing" });
    const drawn = await draw(id);
    expect(drawn).toMatchObject({ state: "ready", image: { width: 300, height: 100 } });
    const [red, green, blue, alpha] = await pixelsOf((await rowOf(id))?.imageKey ?? "");
    expect(red).toBeGreaterThan(248);
    expect(Math.max(green ?? 255, blue ?? 255)).toBeLessThan(8);
    expect(alpha).toBeGreaterThan(124);
    expect(alpha).toBeLessThan(132);
  });

  test("keeps nothing of what was sent but its pixels", async () => {
    const { id } = await imageMark();
    const sent = Buffer.concat([await picture("a.png", half), Buffer.from("<script>secret</script>")]);
    await send(id, sent);
    await draw(id);
    await removeUnusedImages({ watermarkId: id });
    const row = await rowOf(id);
    const path = (await objectStore().localPath(row?.imageKey ?? "")) ?? "";
    const stored = await readFile(path);
    expect(stored.includes("secret")).toBe(false);
    expect(row?.sentKey).toBeNull();
  });

  test("larger than a mark is ever shown becomes smaller", async () => {
    const { id } = await imageMark();
    await send(id, await picture("big.png", ["-f", "lavfi", "-i", "color=red:s=6000x600:d=1:r=1", "-frames:v", "1"]));
    expect((await draw(id)).image).toMatchObject({ width: 2048, height: 205 });
  });

  test.each([
    ["a GIF", () => Buffer.from("GIF89a and so on"), "unsupported_media_type"],
    ["an SVG", () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), "unsupported_media_type"],
    ["a playlist", () => Buffer.from("#EXTM3U\nhttp://127.0.0.1:9/x.png\n"), "unsupported_media_type"],
  ] as const)("%s is refused at once", async (_, bytes, code) => {
    const { id } = await imageMark();
    await expect(send(id, bytes())).rejects.toMatchObject({ code, hint: expect.any(String) });
    expect(await keysOf(id)).toEqual([]);
  });

  test("that moves is refused at once", async () => {
    const { id } = await imageMark();
    const source = ["-f", "lavfi", "-i", "testsrc=s=64x64:d=1:r=4"];
    const animations = [
      await picture("moves.png", [...source, "-f", "apng", "-plays", "0"]),
      await picture("moves.webp", [...source, "-c:v", "libwebp_anim"]),
    ];
    for (const bytes of animations) {
      expect(inspectImage(bytes)?.animated).toBe(true);
      await expect(send(id, bytes)).rejects.toMatchObject({ code: "unprocessable", hint: expect.any(String) });
    }
  });

  test("of absurd size is refused by its header", async () => {
    const { id } = await imageMark();
    const bytes = await picture("bomb.png", half);
    bytes.writeUInt32BE(60_000, 16);
    bytes.writeUInt32BE(60_000, 20);
    await expect(send(id, bytes)).rejects.toMatchObject({ code: "unprocessable" });
  });

  test("that is broken fails with words, and the mark can be mended", async () => {
    const { id } = await imageMark();
    const good = await picture("good.png", half);
    const broken = Buffer.from(good);
    broken.fill(0x55, 60);
    await send(id, broken);
    expect(await draw(id)).toMatchObject({
      state: "failed",
      failure: { code: "image_unreadable", message: expect.any(String), hint: expect.any(String) },
    });
    await send(id, good);
    expect((await draw(id)).state).toBe("ready");
  });
});

describe("a mark that a video wishes for", () => {
  test("keeps its image when it is deleted, until the video lets go of it", async () => {
    const { id } = await imageMark();
    await send(id, await picture("wished.png", half));
    await draw(id);
    const video = await makeVideo({ creatorId: owner.account.id, channelId: owner.channelId });
    await setVideoWatermark({ viewer: owner.account, videoId: video.id, choice: { watermarkId: id } });
    const imageKey = (await rowOf(id))?.imageKey;
    await deleteWatermark({ viewer: owner.account, watermarkId: id });
    await removeUnusedImages({ watermarkId: id });
    expect(await keysOf(id)).toEqual([imageKey]);
    await setVideoWatermark({ viewer: owner.account, videoId: video.id, choice: { watermarkId: null } });
    await removeUnusedImages({ watermarkId: id });
    expect(await keysOf(id)).toEqual([]);
    expect(await rowOf(id)).toBeNull();
  });

  test("is a snapshot: later changes of the preset leave it alone", async () => {
    const { id } = await createWatermark({ viewer: owner.account, mark: { name: "x", text: "one", placement } });
    await draw(id);
    const video = await makeVideo({ creatorId: owner.account.id, channelId: owner.channelId });
    const moved = { ...placement, position: "top-left", scale: 0.3 } as const;
    const set = await setVideoWatermark({
      viewer: owner.account,
      videoId: video.id,
      choice: { watermarkId: id, placement: moved },
    });
    expect(set.watermark?.design).toMatchObject({ ...moved, text: "one" });
    await editWatermark({ viewer: owner.account, watermarkId: id, patch: { text: "two" } });
    const [row] = await db().select().from(videos).where(eq(videos.id, video.id));
    expect(row?.wishes).toMatchObject({ watermark: { design: { text: "one", position: "top-left" } } });
  });

  test("cannot be one of another channel, nor one without an image", async () => {
    const stranger = await makePerson();
    const video = await makeVideo({ creatorId: stranger.account.id, channelId: stranger.channelId });
    const { id } = await imageMark();
    const give = (viewer: Person, videoId: string) =>
      setVideoWatermark({ viewer: viewer.account, videoId, choice: { watermarkId: id } });
    await expect(give(stranger, video.id)).rejects.toMatchObject({ code: "not_found" });
    const own = await makeVideo({ creatorId: owner.account.id, channelId: owner.channelId });
    await expect(give(owner, own.id)).rejects.toMatchObject({ code: "unprocessable" });
    await expect(
      setVideoWatermark({ viewer: owner.account, videoId: own.id, choice: { watermarkId: newId() } }),
    ).rejects.toMatchObject({ code: "not_found" });
  });
});
