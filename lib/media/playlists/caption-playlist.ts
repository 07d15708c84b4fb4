/** A text track as the multivariant playlist lists it; `uri` is relative to that playlist. */
export type SubtitleRendition = {
  uri: string;
  name: string;
  /** Language tag; `und` is left out. */
  language: string;
  kind: "subtitles" | "captions";
  isDefault: boolean;
};

const groupId = "subs";

/** Quotes and line ends cannot stand in an attribute (RFC 8216 section 4.2). */
const quoted = (text: string) => `"${text.replace(/["\r\n]+/g, " ")}"`;

/** What captions for people who do not hear are called (Apple's authoring specification, section 4.7). */
const captionCharacteristics =
  "public.accessibility.transcribes-spoken-dialog,public.accessibility.describes-music-and-sound";

const mediaLine = (track: SubtitleRendition): string => {
  const attributes = [
    "TYPE=SUBTITLES",
    `GROUP-ID=${quoted(groupId)}`,
    `NAME=${quoted(track.name)}`,
    ...(track.language === "und" ? [] : [`LANGUAGE=${quoted(track.language)}`]),
    `DEFAULT=${track.isDefault ? "YES" : "NO"}`,
    "AUTOSELECT=YES",
    "FORCED=NO",
    ...(track.kind === "captions" ? [`CHARACTERISTICS=${quoted(captionCharacteristics)}`] : []),
    `URI=${quoted(track.uri)}`,
  ];
  return `#EXT-X-MEDIA:${attributes.join(",")}`;
};

/** Names in a group must differ (RFC 8216 section 4.3.4.1.1). */
const withDistinctNames = (tracks: readonly SubtitleRendition[]): SubtitleRendition[] => {
  const taken = new Set<string>();
  return tracks.map((track) => {
    let { name } = track;
    for (let next = 2; taken.has(name); next += 1) name = `${track.name} ${next}`;
    taken.add(name);
    return { ...track, name };
  });
};

const streamLine = "#EXT-X-STREAM-INF:";

/**
 * The multivariant playlist with text tracks: their lines before the first variant, and their group on every variant.
 * Works on any of our playlists, stored or growing, because captions come and go apart from them.
 */
export const withSubtitles = (playlist: string, tracks: readonly SubtitleRendition[]): string => {
  if (tracks.length === 0) return playlist;
  const lines = playlist.split("\n");
  const first = lines.findIndex((line) => line.startsWith(streamLine));
  if (first === -1) return playlist;
  const grouped = lines.map((line) => (line.startsWith(streamLine) ? `${line},SUBTITLES=${quoted(groupId)}` : line));
  return [...grouped.slice(0, first), ...withDistinctNames(tracks).map(mediaLine), ...grouped.slice(first)].join("\n");
};

/**
 * The media playlist of a text track: the whole file as one segment. Target durations of text tracks may differ from
 * those of pictures when the playlist is complete (RFC 8216 section 6.2.4).
 */
export const subtitlePlaylist = ({ uri, durationMs }: { uri: string; durationMs: number }): string =>
  [
    "#EXTM3U",
    "#EXT-X-VERSION:7",
    `#EXT-X-TARGETDURATION:${Math.max(1, Math.ceil(durationMs / 1000))}`,
    "#EXT-X-MEDIA-SEQUENCE:0",
    "#EXT-X-PLAYLIST-TYPE:VOD",
    `#EXTINF:${(durationMs / 1000).toFixed(3)},`,
    uri,
    "#EXT-X-ENDLIST",
    "",
  ].join("\n");
