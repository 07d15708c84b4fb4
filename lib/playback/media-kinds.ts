/** How a kind of file is delivered. */
export type MediaKind = {
  /** What its bytes are counted under. */
  kind: "playlist" | "segment" | "image" | "text";
  contentType: string;
  gzip: boolean;
  /** Whether the bytes under a name never change, so that caches may keep them. */
  immutable: boolean;
};

const segment = { kind: "segment", gzip: false, immutable: true } as const;
const image = { kind: "image", gzip: false, immutable: true } as const;

/** Everything that is delivered, by ending. What is not in here does not exist for a client. */
const mediaKinds: Record<string, MediaKind> = {
  // RFC 8216, section 4.
  m3u8: { kind: "playlist", contentType: "application/vnd.apple.mpegurl", gzip: true, immutable: false },
  // Registered for segments of ISO media; players go by the playlist and do not mind.
  m4s: { ...segment, contentType: "video/iso.segment" },
  mp4: { ...segment, contentType: "video/mp4" },
  jpg: { ...image, contentType: "image/jpeg" },
  webp: { ...image, contentType: "image/webp" },
  vtt: { kind: "text", contentType: "text/vtt; charset=utf-8", gzip: true, immutable: false },
};

/** How the object of that key is delivered, or null when it is not. */
export const mediaKindOf = (key: string): MediaKind | null => {
  const ending = /\.([a-z0-9]+)$/.exec(key)?.[1];
  return ending === undefined || !Object.hasOwn(mediaKinds, ending) ? null : (mediaKinds[ending] ?? null);
};

/** `Cache-Control` of a delivered file. Shared caches get public videos only; playlists may change and live shortly. */
export const cacheControlOf = ({ media, open }: { media: MediaKind; open: boolean }): string => {
  const scope = open ? "public" : "private";
  return media.immutable ? `${scope}, max-age=31536000, immutable` : `${scope}, max-age=5`;
};
