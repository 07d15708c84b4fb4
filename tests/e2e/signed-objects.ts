/** Addresses that a playlist names, absolute. */
const namedIn = (text: string, url: string): string[] => {
  const attributes = [...text.matchAll(/URI="([^"]+)"/g)].map(([, name = ""]) => name);
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return [...attributes, ...lines].map((name) => new URL(name, url).href);
};

const textOf = async (url: string): Promise<string> => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.text();
};

type Playback = {
  hlsUrl: string | null;
  posterUrl: string | null;
  thumbnails: readonly { url: string }[];
  storyboardUrl: string | null;
  previewUrl: string | null;
  captions: readonly { url: string }[];
};

/**
 * One delivered object of every kind of a video with its address, found as a player finds them: from what the API answers and
 * from its playlists. Throws when one of the kinds is missing.
 */
export const signedObjects = async (origin: string, playback: Playback): Promise<Record<string, string>> => {
  const absolute = (path: string | null | undefined) => new URL(path ?? "/missing", origin).href;
  const master = absolute(playback.hlsUrl);
  const lines = (await textOf(master)).split("\n");
  const playlistOf = (start: string) => {
    const at = lines.findIndex((line) => line.startsWith(start) && !line.includes("TYPE=SUBTITLES"));
    const line = lines[at] ?? "";
    return new URL(/URI="([^"]+)"/.exec(line)?.[1] ?? lines[at + 1] ?? "", master).href;
  };
  const playlists = {
    rung: playlistOf("#EXT-X-STREAM-INF"),
    audio: playlistOf("#EXT-X-MEDIA:TYPE=AUDIO"),
    iframes: playlistOf("#EXT-X-I-FRAME-STREAM-INF"),
  };
  const [init = "", segment = ""] = namedIn(await textOf(playlists.rung), playlists.rung);
  const [audioInit = "", audioSegment = ""] = namedIn(await textOf(playlists.audio), playlists.audio);
  const storyboard = absolute(playback.storyboardUrl);
  const sheet = /^(storyboard-\d+\.jpg)/m.exec(await textOf(storyboard))?.[1] ?? "";
  return {
    ...{ master, ...playlists, init, segment, audioInit, audioSegment, storyboard },
    sheet: new URL(sheet, storyboard).href,
    poster: absolute(playback.posterUrl),
    thumbnail: absolute(playback.thumbnails[0]?.url),
    preview: absolute(playback.previewUrl),
    caption: absolute(playback.captions[0]?.url),
  };
};
