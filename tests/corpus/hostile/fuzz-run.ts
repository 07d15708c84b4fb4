import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bend, seeds } from "#tests/corpus/hostile/fuzzer.ts";
import type { Ground, Trial } from "#tests/corpus/hostile/ground.ts";

/** A bent file and what became of it. */
export type FuzzTrial = Trial & { file: string };

/**
 * Bends good files of every kind in turn, with seeds that count up from `firstSeed`, and lets each loose. The name of a
 * trial tells kind and seed, by which the very same file is made again.
 */
export const fuzz = async (input: { ground: Ground; count: number; firstSeed: number }): Promise<FuzzTrial[]> => {
  const { ground } = input;
  const good = new Map<string, Buffer>();
  for (const { extension, make } of seeds) {
    const path = join(ground.folder, `seed.${extension}`);
    await make({ path, folder: ground.folder });
    good.set(extension, await readFile(path));
  }
  const trials: FuzzTrial[] = [];
  for (let done = 0; done < input.count; done += 1) {
    const seed = input.firstSeed + done;
    const extension = seeds[done % seeds.length]?.extension ?? "mp4";
    const path = join(ground.folder, `bent.${extension}`);
    await writeFile(path, bend(good.get(extension) ?? Buffer.alloc(0), seed));
    trials.push({ file: `${extension} ${seed}`, ...(await ground.tryFile(path)) });
  }
  return trials;
};
