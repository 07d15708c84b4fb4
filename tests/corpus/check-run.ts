import { readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { types } from "hls-parser";
import { expect } from "vitest";
import type { ReadyExpectation } from "#tests/corpus/corpus-case.ts";
import { quartersOf } from "#tests/corpus/quarters.ts";
import { beepTimes, flashTimes } from "#tests/media/flash-and-beep.ts";
import { joinedFile, parsePlaylist } from "#tests/media/read-run.ts";

type Variant = types.MasterPlaylist["variants"][number];

/** A rendition's folder and length, after every file that its playlist names was found. */
type FoundRendition = { rendition: string; seconds: number };

const mediaPlaylistOf = async (runDir: string, uri: string): Promise<FoundRendition> => {
  const path = join(runDir, uri);
  const parsed = parsePlaylist(await readFile(path, "utf8"));
  if (parsed.isMasterPlaylist) throw new Error(`${uri} is no media playlist`);
  expect(parsed.endlist, `${uri} ends`).toBe(true);
  const files = new Set(parsed.segments.flatMap((segment) => [segment.uri, segment.map?.uri ?? segment.uri]));
  for (const file of files) expect((await stat(join(dirname(path), file))).size, file).toBeGreaterThan(0);
  const seconds = parsed.segments.reduce((sum, segment) => sum + segment.duration, 0);
  return { rendition: dirname(uri), seconds };
};

const largest = (variants: readonly Variant[]) =>
  variants.toSorted((a, b) => (b.resolution?.width ?? 0) - (a.resolution?.width ?? 0))[0];

const checkSync = async (runDir: string, { picture, sound }: { picture: string; sound: string }) => {
  const flashes = await flashTimes(await joinedFile(runDir, picture));
  const beeps = await beepTimes(await joinedFile(runDir, sound));
  expect(flashes.length, "flashes").toBeGreaterThan(1);
  for (const flash of flashes) {
    const off = Math.min(...beeps.map((beep) => Math.abs(beep - flash)));
    expect(off, `a flash at ${flash} s, beeps at ${beeps.join(", ")} s`).toBeLessThan(0.04);
  }
};

/**
 * Checks what a run left in storage against what was expected of the file: strict playlists whose files are all there,
 * size, length, tracks, colours and lip sync.
 */
export const checkRun = async ({ runDir, expected }: { runDir: string; expected: ReadyExpectation }): Promise<void> => {
  const multivariant = parsePlaylist(await readFile(join(runDir, "index.m3u8"), "utf8"));
  if (!multivariant.isMasterPlaylist) throw new Error("index.m3u8 is no multivariant playlist");
  const { variants } = multivariant;
  const top = largest(variants);
  expect({ width: top?.resolution?.width, height: top?.resolution?.height }).toEqual({
    width: expected.width,
    height: expected.height,
  });
  const pictures = await Promise.all(variants.map(({ uri }) => mediaPlaylistOf(runDir, uri)));
  for (const { rendition, seconds } of pictures) {
    expect(Math.abs(seconds - expected.seconds), `length of ${rendition}: ${seconds}`).toBeLessThan(expected.tolerance);
  }
  const uris = new Set(variants.flatMap(({ audio }) => audio.map(({ uri }) => uri ?? "")));
  const sounds = await Promise.all([...uris].map((uri) => mediaPlaylistOf(runDir, uri)));
  expect(sounds.filter(({ rendition }) => rendition.startsWith("audio-"))).toHaveLength(expected.audioTracks);
  const picture = pictures.find(({ rendition }) => rendition !== "source") ?? pictures[0];
  if (picture === undefined) throw new Error("no picture");
  if (expected.quarters !== null) {
    expect(await quartersOf(await joinedFile(runDir, picture.rendition))).toEqual(expected.quarters);
  }
  const sound = sounds.find(({ rendition }) => rendition.startsWith("audio-"));
  if (expected.inSync && sound !== undefined)
    await checkSync(runDir, { picture: picture.rendition, sound: sound.rendition });
};
