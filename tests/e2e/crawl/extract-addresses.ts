const attribute = /\b(?:href|src|poster|content|action|data-[a-z-]+)="([^"]+)"/gi;
const sourceSet = /\b(?:srcset|imagesrcset)="([^"]+)"/gi;
const playlistName = /URI="([^"]+)"/g;
/** Paths in JSON, in the data of pages, and addresses of this site anywhere in a text. */
const quotedPath = /"(\/[^"\\\s<>]{0,800})"/g;

const unescaped = (text: string): string =>
  text
    .replaceAll("&amp;", "&")
    .replaceAll("&quot;", '"')
    .replaceAll("&#x2F;", "/")
    .replaceAll("\\u0026", "&")
    .replaceAll("\\u002F", "/")
    .replaceAll('\\"', '"')
    .replaceAll("\\/", "/");

const groups = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, found = ""]) => found);

/** Names that a playlist or an index of stills has, one a line. */
const namedByLines = (type: string, text: string): string[] => {
  if (!/mpegurl|text\/vtt/.test(type)) return [];
  const lines = text.slice(text.indexOf("\n\n")).split("\n");
  return [...groups(text, playlistName), ...lines.filter((line) => /^[\w./-]+\.(?:m3u8|m4s|mp4|jpg)\b/.test(line))];
};

/** The next page of a list of the API. */
const nextPage = (path: string, text: string): string[] => {
  const cursor = /"nextCursor":"([^"]+)"/.exec(text)?.[1];
  if (cursor === undefined) return [];
  const next = new URL(path, "http://site.test");
  next.searchParams.set("cursor", cursor);
  return [next.pathname + next.search];
};

/**
 * Every address of the site itself that an answer names: attributes of HTML, sources of pictures, canonical and alternate
 * addresses, JSON-LD, feeds, site maps, JSON, playlists, indexes of stills, and the next page of a list. Paths with queries,
 * without fragments.
 */
export const extractAddresses = (input: { origin: string; path: string; type: string; text: string }): string[] => {
  const { origin, path, type } = input;
  if (!/json|text|xml|mpegurl|html/.test(type)) return [];
  const text = unescaped(input.text);
  const escapedOrigin = origin.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const named = [
    ...groups(text, attribute),
    ...groups(text, sourceSet).flatMap((set) => set.split(",").map((one) => one.trim().split(/\s/)[0] ?? "")),
    ...groups(text, quotedPath),
    ...groups(text, new RegExp(`(${escapedOrigin}/[^"'\\s<>\\\\]*)`, "g")),
    ...groups(text, /^location: (.+)$/gm),
    ...namedByLines(type, text),
    ...nextPage(path, text),
  ];
  const site = new URL(path, origin);
  const found = named.flatMap((address) => {
    if (/^(?:[a-z][a-z0-9+.-]*:|#|$)/i.test(address) && !address.startsWith(`${origin}/`)) return [];
    // Values of attributes are texts too: only what looks like an address is one.
    if (!/^(?:\/|https?:|\?|[\w.-]+\/|[\w.-]+\.(?:m3u8|m4s|mp4|jpg|vtt))/.test(address) || /\s/.test(address))
      return [];
    const url = URL.canParse(address, site) ? new URL(address, site) : null;
    return url === null || url.origin !== site.origin ? [] : [url.pathname + url.search];
  });
  return [...new Set(found)];
};
