import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { processed } from "#tests/media/copied-clips.ts";
import { manyJoints, onePiece } from "#tests/media/joint-settings.ts";
import { numberedFrames } from "#tests/media/numbered-frames.ts";
import { lavfi, runTool } from "#tests/media/run-tool.ts";

/** Changes one entry of an AVI's index (sixteen bytes); `picture` is its number among the pictures. */
export type ChangeEntry = (entry: Buffer, picture: number) => void;

/** Says in an entry whether its picture is a key frame. */
export const setKey = (entry: Buffer, is: boolean): number => entry.writeUInt32LE(is ? 0x10 : 0, 4);

const setPlace = (entry: Buffer, at: number) => entry.writeUInt32LE(at >>> 0, 8);

/** Ways in which an index lies, by name. */
export const lies: Readonly<Record<string, ChangeEntry>> = {
  "some pictures that are none are key frames": (entry, picture) => setKey(entry, picture % 10 === 0),
  "all pictures are key frames": (entry) => setKey(entry, true),
  "everything lies in another's place": (entry, picture) => picture > 100 && setPlace(entry, 4),
  "everything lies behind the file's end": (entry, picture) => picture > 100 && setPlace(entry, 0xffffff00),
  "names are none": (entry) => entry.write("xxxx", 0, "latin1"),
};

const asp = ["-c:v", "mpeg4", "-q:v", "4", "-bf", "2", "-g", "40"];

/** Makes an AVI (MPEG-4 unless told) and changes the entries of its index; gives its path. */
export const aviWithIndex = async (input: {
  folder: string;
  name: string;
  change: ChangeEntry;
  codec?: readonly string[];
}): Promise<string> => {
  const { folder, name, change, codec = asp } = input;
  const path = join(folder, `${name.replaceAll(/\W/g, "-")}.avi`);
  const inputs = [...numberedFrames({ rate: "25", seconds: 9 }), ...lavfi("sine=d=9")];
  await runTool("ffmpeg", ["-y", ...inputs, ...codec, "-c:a", "libmp3lame", path]);
  const bytes = await readFile(path);
  const index = bytes.lastIndexOf("idx1");
  let picture = 0;
  for (let at = index + 8; at + 16 <= bytes.length; at += 16) {
    if (bytes.toString("latin1", at, at + 4) !== "00dc") continue;
    change(bytes.subarray(at, at + 16), picture);
    picture += 1;
  }
  await writeFile(path, bytes);
  return path;
};

/** Into how many chunks a file is cut, what these show, and what one reading of it shows. */
export const shownByIndex = async (path: string, folder: string) => {
  const cut = await processed(path, { folder, settings: manyJoints });
  const whole = await processed(path, { folder, settings: onePiece });
  return { chunks: cut.chunks, cut: cut.frames, whole: whole.frames };
};
