import { makeSecret, secretHash } from "#lib/accounts/tokens/secret-token.ts";
import { db } from "#lib/db/client.ts";
import { captions, playbackTokens } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import { objectStore } from "#lib/storage/index.ts";
import { captionKey } from "#lib/storage/keys.ts";
import { type Call, hidden, options, privateVideo, publicVideo, type Row, refused, same } from "./scene.ts";

const searchFile = "app/api/v1/search/route.ts";
const suggestFile = "app/api/v1/search/suggest/route.ts";
const relatedFile = "app/api/v1/videos/[videoId]/related/route.ts";
const cuesFile = "app/api/v1/videos/[videoId]/captions/[captionId]/cues/route.ts";

const withCaption = (prepare: () => Promise<Partial<Call>>) => async (): Promise<Partial<Call>> => {
  const videoId = String((await prepare()).params?.videoId);
  const captionId = newId();
  const key = captionKey({ videoId, captionId, version: 1 });
  await objectStore().put({ key, body: Buffer.from("WEBVTT\n\n00:01.000 --> 00:02.000\nТак\n") });
  const facts = {
    language: "uk",
    label: "uk",
    kind: "subtitles",
    origin: "upload",
    sizeBytes: 8,
    cueCount: 1,
  } as const;
  await db()
    .insert(captions)
    .values({ id: captionId, videoId, key, ...facts });
  return { params: { videoId, captionId } };
};

/** Cues of a private video, asked for with a playback token of it, or with one that opens nothing. */
const withToken = (given: "its" | "no") => async (): Promise<Partial<Call>> => {
  const { params } = await withCaption(privateVideo)();
  const secret = makeSecret("kip_");
  await db()
    .insert(playbackTokens)
    .values({
      ...{ id: newId(), videoId: String(params?.videoId), tokenHash: secretHash(secret) },
      expiresAt: new Date(Date.now() + 3_600_000),
    });
  return { params: params ?? {}, path: `/?token=${given === "its" ? secret : makeSecret("kip_")}` };
};
const members = { owner: 200, admin: 200, suspended: 401 };

const seen = same(200, { suspended: 401 });
const asked = (path: string) => async (): Promise<Partial<Call>> => ({ path });

/** Searching, suggestions, related videos and transcripts. */
export const searchRows: Row[] = [
  { case: "anything", file: searchFile, method: "GET", prepare: asked("/?q=video"), expected: seen },
  { case: "the start of a word", file: suggestFile, method: "GET", prepare: asked("/?q=vi"), expected: seen },
  { case: "public", file: relatedFile, method: "GET", prepare: publicVideo, expected: seen },
  { case: "private", file: relatedFile, method: "GET", prepare: privateVideo, expected: hidden(200) },
  { case: "public", file: cuesFile, method: "GET", prepare: withCaption(publicVideo), expected: seen },
  { case: "private", file: cuesFile, method: "GET", prepare: withCaption(privateVideo), expected: hidden(200) },
  { case: "private, by token", file: cuesFile, method: "GET", prepare: withToken("its"), expected: seen },
  {
    case: "private, wrong token",
    file: cuesFile,
    method: "GET",
    prepare: withToken("no"),
    expected: same(403, members),
  },
  ...[searchFile, suggestFile, relatedFile, cuesFile].flatMap((file) => [
    ...refused(file, "POST", "PUT", "PATCH", "DELETE"),
    options(file),
  ]),
];
