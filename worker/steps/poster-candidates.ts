import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { analysedSize, candidateNames } from "#lib/media/stills/poster-command.ts";
import { measureStill, type StillMeasures } from "#lib/media/stills/poster-score.ts";

/** A JPEG in scratch with what was measured of it. */
export type PosterCandidate = { path: string; sizeBytes: number; measures: StillMeasures };

const isMissing = (error: unknown) => error instanceof Error && "code" in error && error.code === "ENOENT";

const readPixels = async (path: string): Promise<Buffer> => {
  try {
    return await readFile(path);
  } catch (error) {
    // ffmpeg makes no file when no frame came out.
    if (isMissing(error)) return Buffer.alloc(0);
    throw error;
  }
};

/** Reads back and measures what a command for candidates wrote; empty when no frame came out. */
export const readCandidates = async (input: {
  scratchDir: string;
  kind: "look" | "sweep";
  poster: { width: number; height: number };
}): Promise<PosterCandidate[]> => {
  const names = candidateNames(input.kind);
  const { width, height } = analysedSize(input.poster);
  const pixels = await readPixels(join(input.scratchDir, names.pixels));
  const frameBytes = width * height * 3;
  const candidates: PosterCandidate[] = [];
  for (let index = 0; (index + 1) * frameBytes <= pixels.byteLength; index += 1) {
    const path = join(input.scratchDir, names.picture(index + 1));
    const rgb = pixels.subarray(index * frameBytes, (index + 1) * frameBytes);
    candidates.push({ path, sizeBytes: (await stat(path)).size, measures: measureStill({ width, height, rgb }) });
  }
  return candidates;
};
