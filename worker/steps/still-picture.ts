import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";

/** Names of what the commands that make stills write into scratch. */
export const stillNames = { cover: "cover.png", poster: "poster.jpg", pixel: "pixel.rgb" } as const;

/** A poster in scratch. */
export type StillPicture = { path: string; sizeBytes: number; dominantColor: string };

const isMissing = (error: unknown) => error instanceof Error && "code" in error && error.code === "ENOENT";

/** Reads back the poster and the one averaged pixel beside it; null when no frame came out. */
export const readStill = async (scratchDir: string): Promise<StillPicture | null> => {
  const path = join(scratchDir, stillNames.poster);
  try {
    const [{ size }, pixel] = await Promise.all([stat(path), readFile(join(scratchDir, stillNames.pixel))]);
    if (size === 0 || pixel.byteLength < 3) return null;
    // A command that looks for one frame among several writes a pixel for each; the last one is the picture's.
    return { path, sizeBytes: size, dominantColor: `#${pixel.subarray(-3).toString("hex")}` };
  } catch (error) {
    // ffmpeg makes no file when the stretch held no frame.
    if (isMissing(error)) return null;
    throw error;
  }
};
