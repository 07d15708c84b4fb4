import { readFile, writeFile } from "node:fs/promises";
import { runTool } from "#tests/media/run-tool.ts";

/** Bytes at a packet's beginning that stay: length, NAL header and a little of the slice's. */
const keptBytes = 12;

/**
 * Writes a copy of a clip in which every `every`-th packet of the picture that is shown between two seconds holds noise; the
 * index and everything else stays.
 */
export const damageClip = async (input: {
  from: string;
  to: string;
  seconds: { start: number; end: number };
  every?: number;
}): Promise<void> => {
  const { from, to, seconds, every = 3 } = input;
  const bytes = await readFile(from);
  const show = ["-select_streams", "v:0", "-show_entries", "packet=pts_time,size,pos", "-of", "csv=p=0", from];
  const packets = (await runTool("ffprobe", show)).toString().trim().split("\n");
  for (const [index, line] of packets.entries()) {
    const [shown = 0, size = 0, position = 0] = line.split(",").map(Number);
    if (shown < seconds.start || shown >= seconds.end || index % every !== 0) continue;
    // Knuth's multiplicative hash: noise that is the same each time.
    for (let at = position + keptBytes; at < position + size; at += 1) bytes[at] = ((at * 2_654_435_761) >>> 7) & 255;
  }
  await writeFile(to, bytes);
};
