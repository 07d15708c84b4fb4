import { db } from "#lib/db/client.ts";
import { playbackTokens } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import { site } from "#tests/factories/requests.ts";
import {
  type Call,
  hidden,
  options,
  person,
  privateVideo,
  publicVideo,
  type Row,
  refused,
  same,
  shown,
  videoOf,
  withBody,
} from "./scene.ts";

const tokens = "app/api/v1/videos/[videoId]/playback-tokens/route.ts";
const token = "app/api/v1/videos/[videoId]/playback-tokens/[tokenId]/route.ts";

const tokenOf = (prepare: () => Promise<Partial<Call>>) => async (): Promise<Partial<Call>> => {
  const { params } = await prepare();
  const [videoId, tokenId] = [String(params?.videoId), newId()];
  const expiresAt = new Date(Date.now() + 3_600_000);
  await db().insert(playbackTokens).values({ id: tokenId, videoId, tokenHash: tokenId, expiresAt });
  return { params: { videoId, tokenId } };
};
const newToken = (prepare: () => Promise<Partial<Call>>) =>
  withBody(prepare, { expiresAt: new Date(Date.now() + 3_600_000).toISOString() });

const rowsOf = (visibility: "private" | "public"): Row[] => {
  const prepare = visibility === "private" ? privateVideo : publicVideo;
  const edits = (status: number) => (visibility === "private" ? { ...hidden(status), anonymous: 401 } : shown(status));
  return [
    { case: visibility, file: tokens, method: "GET", prepare, expected: edits(200) },
    { case: visibility, file: tokens, method: "POST", prepare: newToken(prepare), expected: edits(201) },
    { case: visibility, file: tokens, method: "DELETE", prepare, expected: edits(200) },
    { case: visibility, file: token, method: "DELETE", prepare: tokenOf(prepare), expected: edits(204) },
  ];
};

const videoSharing = "app/api/v1/videos/[videoId]/sharing/route.ts";
const channelSharing = "app/api/v1/channels/[handle]/sharing/route.ts";

const sharingOf = (visibility: "private" | "public"): Row[] => {
  const prepare = visibility === "private" ? privateVideo : publicVideo;
  const edits = visibility === "private" ? { ...hidden(200), anonymous: 401 } : shown(200);
  return [
    { case: visibility, file: videoSharing, method: "GET", prepare, expected: edits },
    {
      ...{ case: visibility, file: videoSharing, method: "PATCH", expected: edits },
      prepare: withBody(prepare, { downloadable: true }),
    },
  ];
};

const ownChannel = async (): Promise<Partial<Call>> => ({ params: { handle: person("owner").handle } });
const ownersOnly = { ...shown(200), editor: 403 };

/** Addresses that everybody gets alike; nobody is asked who they are. */
const told = (file: string, prepare: () => Promise<Partial<Call>>, status = 200): Row[] => [
  { case: "open", file, method: "GET", prepare, expected: same(status) },
  ...refused(file, "POST", "PUT", "PATCH", "DELETE"),
  options(file),
];
const feeds = async (): Promise<Partial<Call>> => ({ params: { handle: `@${person("owner").handle}` } });
const readyVideo = videoOf({ visibility: "public", publishedAt: new Date(), currentRunId: newId() });
const asked = (prepare: () => Promise<Partial<Call>>) => async (): Promise<Partial<Call>> => {
  const { params } = await prepare();
  return { path: `/oembed?url=${encodeURIComponent(`${site}/watch/${params?.videoId}`)}` };
};
const soundOf = (prepare: () => Promise<Partial<Call>>) => async (): Promise<Partial<Call>> => {
  const { params } = await prepare();
  return { params: { file: `${params?.videoId}.mp3` } };
};
const oembed = "app/oembed/route.ts";

/** Routes of this area. */
export const sharingRows: Row[] = [
  ...rowsOf("private"),
  ...rowsOf("public"),
  ...refused(tokens, "PUT", "PATCH"),
  options(tokens),
  ...sharingOf("private"),
  ...sharingOf("public"),
  ...refused(videoSharing, "POST", "PUT", "DELETE"),
  options(videoSharing),
  { case: "own", file: channelSharing, method: "GET", prepare: ownChannel, expected: shown(200) },
  {
    ...{ case: "own", file: channelSharing, method: "PUT", expected: ownersOnly },
    prepare: withBody(ownChannel, { embedding: "listed", sites: ["example.org"] }),
  },
  ...refused(channelSharing, "POST", "PATCH", "DELETE"),
  options(channelSharing),
  ...told("app/robots.txt/route.ts", async () => ({})),
  ...told("app/sitemap.xml/route.ts", async () => ({})),
  ...told("app/sitemaps/[part]/route.ts", async () => ({ params: { part: "videos-0.xml" } })),
  ...told("app/(site)/(browse)/[handle]/feed.xml/route.ts", feeds),
  ...told("app/(site)/(browse)/[handle]/podcast.xml/route.ts", feeds),
  ...told(oembed, asked(readyVideo)),
  { case: "private", file: oembed, method: "GET", prepare: asked(privateVideo), expected: same(404) },
  ...told("app/audio/[file]/route.ts", soundOf(publicVideo), 404),
  ...refused(token, "GET", "POST", "PUT", "PATCH"),
  options(token),
];
