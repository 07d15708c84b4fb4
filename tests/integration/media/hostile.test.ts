import { mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MediaFailure } from "#lib/media/failures.ts";
import { processFile } from "#tests/media/process-file.ts";
import { lavfi, runTool } from "#tests/media/run-tool.ts";

let folder: string;
let secret: string;
let listener: Server;
let requests = 0;
let address: string;
const clip = () => join(folder, "clip.mp4");

const failureOf = async (sourcePath: string): Promise<string> => {
  const outDir = await mkdtemp(join(folder, "out-"));
  try {
    const { finish } = await processFile({ sourcePath, outDir });
    return `processed, ${finish.durationMs} ms`;
  } catch (error) {
    if (error instanceof MediaFailure) return error.code;
    throw error;
  }
};

const written = async (name: string, content: string | Uint8Array) => {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kinora-hostile-"));
  secret = join(folder, "secret.mp4");
  listener = createServer((_request, response) => {
    requests += 1;
    response.end("x");
  });
  await new Promise<void>((done) => listener.listen(0, "127.0.0.1", done));
  const bound = listener.address();
  if (bound === null || typeof bound === "string") throw new Error("no port");
  address = `http://127.0.0.1:${bound.port}`;
  const inputs = [...lavfi("testsrc2=s=160x90:r=25:d=3"), ...lavfi("sine=d=3")];
  await runTool("ffmpeg", [...inputs, "-c:v", "libx264", "-c:a", "aac", clip()]);
  await writeFile(secret, await readFile(clip()));
}, 60_000);

afterAll(async () => {
  await new Promise((done) => listener.close(done));
  await rm(folder, { recursive: true, force: true });
});

describe("a file that is no medium is refused with its code", () => {
  test("an empty file", async () => {
    expect(await failureOf(await written("empty.mp4", ""))).toBe("empty_file");
  });

  test.each([
    ["a shell script", "#!/bin/sh\ncurl http://example.org\n"],
    ["a text", "This is not a video.\n".repeat(500)],
    ["a page", "<!doctype html><video src=x></video>"],
  ])("%s named .mp4", async (_name, content) => {
    expect(await failureOf(await written("text.mp4", content))).toBe("not_media");
  });

  test("an image", async () => {
    const path = join(folder, "image.png");
    await runTool("ffmpeg", [...lavfi("testsrc2=s=64x64"), "-frames:v", "1", path]);
    expect(await failureOf(path)).toBe("not_media");
  });

  test("a file of subtitles alone", async () => {
    const text = await written("only.srt", "1\n00:00:01,000 --> 00:00:02,000\nhi\n");
    const path = join(folder, "only.mkv");
    await runTool("ffmpeg", ["-i", text, path]);
    expect(await failureOf(path)).toBe("no_streams");
  });
});

describe("a playlist in disguise reads no other file and asks no server", () => {
  const playlists: [string, () => string][] = [
    ["HLS with a local file", () => `#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\nfile://${secret}\n#EXT-X-ENDLIST\n`],
    ["HLS with an address", () => `#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\n${address}/a.ts\n#EXT-X-ENDLIST\n`],
    ["concat", () => `ffconcat version 1.0\nfile '${secret}'\n`],
    [
      "DASH",
      () => `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><BaseURL>${address}/</BaseURL></MPD>`,
    ],
    ["SDP", () => `v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\n`],
  ];
  test.each(playlists)("%s", async (_name, content) => {
    expect(await failureOf(await written("list.mp4", content()))).toBe("not_media");
    expect(requests).toBe(0);
  });
});

describe("bombs are refused before they cost anything", () => {
  test("16000x16000 pixels", async () => {
    const path = join(folder, "big.mp4");
    const encode = ["-c:v", "libx264", "-preset", "ultrafast", "-frames:v", "1", path];
    await runTool("ffmpeg", [...lavfi("color=s=16000x16000:r=1:d=1"), ...encode]);
    expect(await failureOf(path)).toBe("too_large_frame");
  }, 180_000);

  test("two hundred streams", async () => {
    const path = join(folder, "many.mkv");
    const maps = Array.from({ length: 200 }, () => ["-map", "0:a"]).flat();
    await runTool("ffmpeg", [...lavfi("anullsrc=r=8000:cl=mono:d=0.3"), ...maps, "-c:a", "pcm_s16le", path]);
    expect(await failureOf(path)).toBe("too_many_streams");
  });

  test("a decoder that is not on the list", async () => {
    const path = join(folder, "magic.avi");
    await runTool("ffmpeg", [...lavfi("testsrc2=s=160x120:d=0.5"), "-c:v", "magicyuv", path]);
    expect(await failureOf(path)).toBe("unsupported_codec");
  });

  test("a protected file", async () => {
    const path = join(folder, "drm.mp4");
    const key = [
      "-encryption_key",
      "76a6c65c5ea762046bd749a2e632ccbb",
      "-encryption_kid",
      "a7e61c373e219033c21091fa607bf3b8",
    ];
    await runTool("ffmpeg", ["-i", clip(), "-c", "copy", "-encryption_scheme", "cenc-aes-ctr", ...key, path]);
    expect(await failureOf(path)).toBe("drm");
  });
});

describe("damage", () => {
  test("an MP4 whose index was cut off is refused as incomplete", async () => {
    const path = await written("cut.mp4", await readFile(clip()));
    await truncate(path, 20_000);
    expect(await failureOf(path)).toBe("truncated");
  });

  test("a cut Matroska file plays what is there", async () => {
    const path = join(folder, "cut.mkv");
    await runTool("ffmpeg", ["-i", clip(), "-c", "copy", path]);
    const whole = await readFile(path);
    await truncate(path, Math.floor(whole.byteLength * 0.7));
    const outcome = await failureOf(path);
    expect(outcome).toMatch(/^processed, \d+ ms$/);
    expect(Number(/\d+/.exec(outcome)?.[0])).toBeLessThan(3_000);
  });

  test("flipped bytes end in a result or a code, never in a hang or a fault of the machine", async () => {
    const bytes = Buffer.from(await readFile(clip()));
    for (let at = 3_000; at < bytes.byteLength - 8_000; at += 701) bytes[at] = (bytes[at] ?? 0) ^ 0xff;
    expect(await failureOf(await written("flip.mp4", bytes))).toMatch(
      /^(processed, \d+ ms|corrupt|processing_failed)$/,
    );
  });
});
