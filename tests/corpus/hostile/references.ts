import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { clip, encoded, h264, patched, picture, tone } from "#tests/corpus/make-clip.ts";
import { makeBox } from "#tests/corpus/mp4-boxes.ts";

/** What a reference may lead to. */
export type Bait = { secretPath: string; address: string };

/** Texts that name other files and addresses, in every language that ffmpeg has a demuxer for. */
export const playlists: readonly { about: string; text: (bait: Bait) => string }[] = [
  {
    about: "HLS with a file",
    text: ({ secretPath }) => `#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\nfile://${secretPath}\n#EXT-X-ENDLIST\n`,
  },
  {
    about: "HLS with a plain path",
    text: ({ secretPath }) => `#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\n${secretPath}\n#EXT-X-ENDLIST\n`,
  },
  {
    about: "HLS with an address",
    text: ({ address }) => `#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\n${address}/a.ts\n#EXT-X-ENDLIST\n`,
  },
  {
    about: "HLS with a key behind an address",
    text: ({ address, secretPath }) =>
      `#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXT-X-KEY:METHOD=AES-128,URI="${address}/key"\n#EXTINF:4,\n${secretPath}\n`,
  },
  {
    about: "HLS that joins an address and a file",
    text: ({ address, secretPath }) =>
      `#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10.0,\nconcat:${address}/?|file://${secretPath}\n#EXT-X-ENDLIST\n`,
  },
  {
    about: "a multivariant HLS playlist",
    text: ({ address }) => `#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n${address}/v.m3u8\n`,
  },
  { about: "concat with a file", text: ({ secretPath }) => `ffconcat version 1.0\nfile '${secretPath}'\n` },
  { about: "concat with an address", text: ({ address }) => `ffconcat version 1.0\nfile ${address}/a.mp4\n` },
  {
    about: "DASH",
    text: ({ address }) =>
      `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT4S">` +
      `<Period><AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1"><BaseURL>${address}/a.mp4</BaseURL>` +
      "</Representation></AdaptationSet></Period></MPD>",
  },
  {
    about: "SDP",
    text: ({ address }) => {
      const port = new URL(address).port;
      return `v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video ${port} RTP/AVP 96\na=rtpmap:96 H264/90000\n`;
    },
  },
  {
    about: "SMIL",
    text: ({ address }) => `<smil><body><video src="${address}/a.mp4"/></body></smil>`,
  },
  { about: "ASX", text: ({ address }) => `<asx version="3.0"><entry><ref href="${address}/a.wmv"/></entry></asx>` },
  { about: "an old reference file", text: ({ address }) => `[Reference]\nRef1=${address}/a.asf?MSWMExt=.asf\n` },
  { about: "PLS", text: ({ address }) => `[playlist]\nFile1=${address}/a.mp3\nNumberOfEntries=1\n` },
  {
    about: "XSPF",
    text: ({ address }) => `<playlist><trackList><track><location>${address}</location></track></trackList></playlist>`,
  },
  {
    about: "SVG",
    text: ({ address }) =>
      `<svg xmlns:xlink="http://www.w3.org/1999/xlink"><image xlink:href="${address}/a.png"/></svg>`,
  },
  {
    about: "a cue sheet",
    text: ({ secretPath }) => `FILE "${secretPath}" WAVE\n  TRACK 01 AUDIO\n    INDEX 01 00:00:00\n`,
  },
  { about: "AviSynth", text: ({ secretPath }) => `AVISource("${secretPath}")\n` },
  {
    about: "VobSub",
    text: () =>
      "# VobSub index file, v7 (do not modify this line!)\nid: en, index: 0\ntimestamp: 00:00:00:000, filepos: 000000000\n",
  },
  {
    about: "an IMF package",
    text: ({ secretPath }) =>
      `<?xml version="1.0"?><CompositionPlaylist><AssetMap>${secretPath}</AssetMap></CompositionPlaylist>`,
  },
];

/** Words for an extension that a playlist may hide behind. */
export const disguises: readonly string[] = ["mp4", "mkv", "avi", "ts", "mp3", "wav", "m3u8", "mpd"];

const dataReference = (type: string, location: string) =>
  makeBox(type, Buffer.from([0, 0, 0, 0]), Buffer.from(`${location}\0`, "latin1"));

/** Points the media of an MP4 at another file: the sample tables stay, the data are elsewhere. */
const pointedElsewhere = (location: string) => (bytes: Buffer) => {
  const at = bytes.indexOf("url \0\0\0\x01", 0, "latin1") - 4;
  if (at < 0) throw new Error("no data reference in this file");
  const box = dataReference("url ", location);
  const grown = box.byteLength - 12;
  for (const type of ["moov", "trak", "mdia", "minf", "dinf", "dref"]) {
    const start = bytes.lastIndexOf(type, at, "latin1") - 4;
    bytes.writeUInt32BE(bytes.readUInt32BE(start) + grown, start);
  }
  return Buffer.concat([bytes.subarray(0, at), box, bytes.subarray(at + 12)]);
};

/** A subtitle chunk of an AVI that holds a file of its own, which ffmpeg opens with a demuxer that it guesses. */
const withInnerFile = (inner: string) => (bytes: Buffer) => {
  const words = Buffer.from(inner);
  const head = Buffer.alloc(17);
  head.write("GAB2\0", 0, "latin1");
  head.writeUInt16LE(2, 5);
  head.writeUInt16LE(4, 11);
  head.writeUInt32LE(words.byteLength, 13);
  const at = bytes.indexOf("01wb", bytes.indexOf("movi", 0, "latin1"), "latin1");
  const room = bytes.readUInt32LE(at + 4);
  if (room < head.byteLength + words.byteLength) throw new Error("no room for the inner file");
  Buffer.concat([head, words]).copy(bytes, at + 8);
  bytes.write("01tx", at, "latin1");
  bytes.write("txts", bytes.indexOf("auds", 0, "latin1"), "latin1");
  return bytes;
};

/** Real media that names other files inside; each may be refused, or played without what it names. */
export const innerReferences: readonly {
  name: string;
  about: string;
  make: (input: { path: string; folder: string; bait: Bait }) => Promise<void>;
}[] = [
  {
    name: "elsewhere-file.mov",
    about: "a track whose media lie in another file",
    make: ({ bait, ...place }) =>
      patched({ from: clip(h264), change: pointedElsewhere(`file://${bait.secretPath}`), as: "f.mov" })(place),
  },
  {
    name: "elsewhere-address.mov",
    about: "a track whose media lie behind an address",
    make: ({ bait, ...place }) =>
      patched({ from: clip(h264), change: pointedElsewhere(`${bait.address}/a.mov`), as: "a.mov" })(place),
  },
  {
    name: "subtitle-playlist.avi",
    about: "a subtitle that is a playlist",
    make: ({ bait, ...place }) => {
      const inner = `#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\n${bait.address}/a.ts\n#EXT-X-ENDLIST\n`;
      return patched({ from: clip(["-c:v", "mpeg4", "-c:a", "pcm_s16le"]), change: withInnerFile(inner) })(place);
    },
  },
  {
    name: "reference-movie.mov",
    about: "a QuickTime reference movie",
    make: async ({ path, bait }) => {
      const url = Buffer.from(`${bait.address}/a.mov\0`, "latin1");
      const size = Buffer.alloc(4);
      size.writeUInt32BE(url.byteLength);
      const reference = makeBox("rdrf", Buffer.alloc(4), Buffer.from("url "), size, url);
      await writeFile(path, makeBox("moov", makeBox("rmra", makeBox("rmda", reference))));
    },
  },
  {
    name: "frame-%03d.mp4",
    about: "a name that is a pattern, with pictures beside it that fit",
    make: async ({ path, folder }) => {
      for (const name of ["frame-000.mp4", "frame-001.mp4"]) {
        const still = join(folder, `${name}.png`);
        await encoded(picture(), ["-frames:v", "1"])({ path: still, folder });
        await writeFile(join(folder, name), await readFile(still));
      }
      await encoded(picture(), tone(), h264)({ path: path.replace("%03d", "whole"), folder });
      await writeFile(path, await readFile(path.replace("%03d", "whole")));
    },
  },
];
