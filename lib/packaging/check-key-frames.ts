import type { PictureFormat } from "#lib/media/source/source-format.ts";
import { keyFrameSign, keyFrameSignBytes } from "#lib/media/source/source-key-frames.ts";
import { requireOf } from "#lib/media/source/source-refusal.ts";
import type { ByteSource } from "#lib/packaging/byte-source.ts";

/** Parameter sets and messages before the first slice; no encoder writes more. */
const maxUnits = 64;

const isKeyFrame = async (input: {
  source: ByteSource;
  entry: PictureFormat["entry"];
  packet: { at: number; sizeBytes: number };
}): Promise<boolean> => {
  const head = new Uint8Array(keyFrameSignBytes);
  const end = input.packet.at + input.packet.sizeBytes;
  let at = input.packet.at;
  for (let units = 0; units < maxUnits && at + keyFrameSignBytes <= end; units += 1) {
    await input.source.fill(head, at);
    const sign = keyFrameSign({ entry: input.entry, head });
    if (typeof sign === "string") return sign === "key";
    at += sign.skipBytes;
  }
  return false;
};

/** Looks at the packets that segments will start with. Throws `SourceRefusal` when one is no key frame. */
export const checkKeyFrames = async (input: {
  source: ByteSource;
  entry: PictureFormat["entry"];
  packets: readonly { at: number; sizeBytes: number }[];
}): Promise<void> => {
  const { source, entry } = input;
  for (const packet of input.packets) {
    requireOf(await isKeyFrame({ source, entry, packet }), "a key frame that is none");
  }
};
