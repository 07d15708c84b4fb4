import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as HLS from "hls-parser";
import { readInit, readSegment } from "#lib/media/fragment/fmp4.ts";

/** Parses a playlist as strictly as the parser can; throws on whatever it does not like. */
export const parsePlaylist = (text: string) => {
  HLS.setOptions({ strictMode: true });
  return HLS.parse(text);
};

/** One rendition as it lies in storage. */
export const readRendition = async (runDir: string, rendition: string) => {
  const folder = join(runDir, rendition);
  const names = (await readdir(folder)).filter((name) => name.endsWith(".m4s")).toSorted();
  const init = readInit(await readFile(join(folder, "init.mp4")));
  const segments = await Promise.all(
    names.map(async (name) => {
      const bytes = await readFile(join(folder, name));
      const info = readSegment(bytes);
      return {
        ...{ name, sizeBytes: bytes.byteLength, ...info },
        startSeconds: info.startTicks / init.timescale,
        seconds: info.durationTicks / init.timescale,
      };
    }),
  );
  return { init, segments, playlist: await readFile(join(folder, "index.m3u8"), "utf8") };
};

/** Init segment and all segments as one file that ffmpeg can read. */
export const joinedFile = async (runDir: string, rendition: string): Promise<string> => {
  const folder = join(runDir, rendition);
  const names = (await readdir(folder)).filter((name) => name.endsWith(".m4s")).toSorted();
  const parts = await Promise.all(["init.mp4", ...names].map((name) => readFile(join(folder, name))));
  const path = join(folder, "joined.mp4");
  await writeFile(path, Buffer.concat(parts));
  return path;
};
