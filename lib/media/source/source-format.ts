/** The picture of a source, as its init segment describes it. */
export type PictureFormat = {
  kind: "video";
  /** Type of the sample entry; also the codec. */
  entry: "avc1" | "hvc1" | "vp09" | "av01";
  /** RFC 6381. */
  codecs: string;
  /** Body of the decoder's configuration box (`avcC`, `hvcC`, `vpcC`, `av1C`). */
  config: Uint8Array;
  width: number;
  height: number;
};

/** One sound track of a source, as its init segment describes it. */
export type SoundFormat = {
  kind: "audio";
  entry: "mp4a" | "Opus";
  /** RFC 6381. */
  codecs: string;
  /** `mp4a`: the AudioSpecificConfig (ISO/IEC 14496-3); `Opus`: body of the `dOps` box. */
  config: Uint8Array;
  channels: number;
  sampleRate: number;
};

/** What decoders must know of a track. */
export type SourceFormat = PictureFormat | SoundFormat;
