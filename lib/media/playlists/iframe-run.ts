import { iframePlaylist, iframeStreamLine, keyFramesOf } from "#lib/media/playlists/iframe-playlist.ts";
import type { RenditionPart } from "#lib/media/playlists/rendition-parts.ts";

/** What is needed of a picture's rendition. */
export type IframeRendition = { rendition: string; width: number | null; height: number | null; codecs: string };

/** File name of an I-frame playlist, beside the media playlist. */
const iframesName = "iframes.m3u8";

/**
 * The I-frame playlists of a run and their lines for the multivariant one. A rendition whose key frames were not all
 * measured gets none.
 */
export const iframesOfRun = (input: {
  renditions: readonly IframeRendition[];
  parts: readonly RenditionPart[];
  targetSeconds: number;
  names: {
    playlist: (rendition: string) => string;
    init: (rendition: string) => string;
    segment: (index: number) => string;
  };
}): { playlists: { name: string; text: string }[]; lines: string[] } => {
  const { parts, targetSeconds, names } = input;
  const found = input.renditions.flatMap(({ rendition, width, height, codecs }) => {
    const frames = keyFramesOf(parts.filter((part) => part.rendition === rendition));
    if (frames === null) return [];
    const name = names.playlist(rendition).replace(/[^/]*$/, iframesName);
    const text = iframePlaylist({ targetSeconds, initUri: names.init(rendition), frames, segmentUri: names.segment });
    const line = iframeStreamLine({ uri: name, width: width ?? 0, height: height ?? 0, codecs, frames });
    return [{ playlist: { name, text }, line }];
  });
  return { playlists: found.map(({ playlist }) => playlist), lines: found.map(({ line }) => line) };
};
