import { newId } from "#lib/ids.ts";
import { type MarkedVideo, readRooms, sharedWord } from "#tests/e2e/crawl/crawl-scene.ts";
import type { Answer } from "#tests/e2e/crawl/crawler.ts";

/** Whose lists are asked for. */
export type Names = { handle: string; talkerHandle: string; playlistId: string; username: string; userId: string };

const question = (path: string, values: Record<string, string>) => `${path}?${new URLSearchParams(values)}`;

/** Lists, searches and feeds that a stranger may ask for; each names all that is public here. */
export const listPaths = ({ handle, playlistId }: Names): string[] => [
  ...["/", "/trending", `/@${handle}`, `/search?q=${sharedWord}`, `/playlists/${playlistId}`],
  ...[`/@${handle}/feed.xml`, `/@${handle}/podcast.xml`, `/api/v1/playlists/${playlistId}/items?limit=100`],
  ...["newest", "oldest", "trending", "popular"].map((sort) => `/api/v1/videos?limit=100&sort=${sort}`),
  ...["relevance", "newest", "views"].map((sort) => `/api/v1/search?q=${sharedWord}&limit=50&sort=${sort}`),
  ...[`/api/v1/videos?channel=${handle}&limit=100`, `/api/v1/videos?q=${sharedWord}&limit=100`],
  ...["/api/v1/search?limit=50", `/api/v1/search?channel=${handle}&limit=50`, "/api/v1/search?captions=true&limit=50"],
];

/** Pages that tell of groups of videos: of categories and tags. */
export const groupPaths: readonly string[] = [
  ...["/categories", "/categories/music", "/categories/science", "/sitemap.xml", "/sitemaps/pages.xml"],
];

/** Everything else that a crawl begins with: what tells of lists, and lists that go on page by page. */
export const listSeeds = (names: Names): string[] => [
  ...listPaths(names),
  ...[...groupPaths, "/robots.txt"],
  ...["/api/v1/videos?limit=1", `/api/v1/search?q=${sharedWord}&limit=1`, `/api/v1/search/suggest?q=vely&limit=10`],
  ...[`/api/v1/channels/${names.handle}`, `/api/v1/channels/${names.talkerHandle}/playlists?limit=1`],
  ...[`/@${names.talkerHandle}`, `/api/v1/playlists/${names.playlistId}`, "/api/v1/search?category=music"],
  ...[`/api/v1/playlists/${names.playlistId}/items?limit=1`, "/login", "/signup", "/docs/api", "/metrics", "/readyz"],
];

/** A word of the same length with a typo in its middle. */
const mistyped = (word: string): string => `${word.slice(0, 4)}${word[4] === "e" ? "o" : "e"}${word.slice(5)}`;

/** Questions that would lead to a word, most of them without saying it. */
export const wordQuestions = ({ marks }: MarkedVideo): string[] => [
  ...readRooms.flatMap((room) => {
    const word = marks[room] ?? "";
    const begun = word.slice(0, -2);
    return [
      question("/api/v1/search", { q: begun }),
      question("/api/v1/search", { q: `${mistyped(word)} ` }),
      question("/api/v1/search", { q: word }),
      question("/api/v1/search/suggest", { q: word.slice(0, 5), limit: "10" }),
      question("/api/v1/search/suggest", { q: mistyped(word).slice(0, 8), limit: "10" }),
      question("/search", { q: begun }),
    ];
  }),
  question("/api/v1/videos", { q: (marks.title ?? "").slice(2, -1) }),
  question("/api/v1/search", { tag: marks.tag ?? "" }),
  `/tags/${marks.tag}`,
];

/** Paths of the OpenAPI document that take no id of anything: they are asked as they are. */
const isPlain = (path: string) => !path.includes("{");

/** Each GET of the OpenAPI document with a video's own ids put in. */
export const documentedPaths = (input: { paths: readonly string[]; video: MarkedVideo; names: Names }): string[] => {
  const { paths, video, names } = input;
  const [, runId = "", captionId = "", commentId = "", exportId = "", assetId = ""] = video.ids;
  const values: Record<string, string> = {
    ...{ videoId: video.id, captionId, commentId, exportId, assetId, ...names },
    ...{ key: `runs/${video.id}/${runId}/index.m3u8`, file: `${video.id}.mp3`, part: `videos-0-${video.id}.xml` },
    ...{ nextauth: "session", token: video.id, name: video.marks.tag ?? "", watermarkId: video.id },
  };
  return paths
    .filter((path) => !isPlain(path))
    .map((path) =>
      path
        .replaceAll(/\/\{handle\}\/(feed|podcast)/g, `/@${names.handle}/$1`)
        .replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? newId()),
    );
};

/** A video's own addresses: pages, files under names that are easy to guess, and addresses that other sites ask with. */
export const addressesOfVideo = ({ origin, video }: { origin: string; video: MarkedVideo }): string[] => {
  const { id, ids } = video;
  const stills = ["poster.jpg", "poster-w320.webp", "storyboard.vtt", "storyboard-0.jpg", "preview.mp4"];
  const files = ["index.m3u8", "planned.m3u8", ...stills];
  return [
    ...[`/watch/${id}`, `/embed/${id}`, `/studio/videos/${id}`, `/audio/${id}.mp3`, `/download/${ids[5]}`],
    ...["360p/index.m3u8", "360p/init.mp4", "360p/00000.m4s", "iframes/index.m3u8", "audio-0/00000.m4s", ...files].map(
      (name) => `/media/runs/${id}/${ids[1]}/${name}`,
    ),
    `/media/runs/${id}/captions/${ids[2]}-1.vtt`,
    ...["json", "xml"].map((format) => question("/oembed", { url: `${origin}/watch/${id}`, format })),
    question("/oembed", { url: `${origin}/embed/${id}` }),
    question("/search", { q: id }),
    question("/api/v1/search", { q: id }),
  ];
};

/** Addresses of an earlier crawl that name one of these videos, or something of theirs. */
export const rememberedPaths = (answers: readonly Answer[], hidden: readonly MarkedVideo[]): string[] =>
  answers.map(({ path }) => path).filter((path) => hidden.some(({ ids }) => ids.some((id) => path.includes(id))));
