import { eq } from "drizzle-orm";
import { db } from "#lib/db/client.ts";
import { videos, watermarks } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import { objectStore } from "#lib/storage/index.ts";
import { chosenPosterKey, cleanPosterKey, watermarkImageKey } from "#lib/storage/keys.ts";
import {
  type Call,
  hidden,
  options,
  person,
  privateVideo,
  publicVideo,
  type Row,
  refused,
  type Statuses,
  same,
  shown,
  videoOf,
  withBody,
} from "./scene.ts";

const collection = "app/api/v1/watermarks/route.ts";
const single = "app/api/v1/watermarks/[watermarkId]/route.ts";
const image = "app/api/v1/watermarks/[watermarkId]/image/route.ts";
const ofVideo = "app/api/v1/videos/[videoId]/watermark/route.ts";

const ground = "app/api/v1/videos/[videoId]/watermark/ground/route.ts";

const placement = { position: "center", opacity: 1, scale: 0.2, margin: 0.05 } as const;
/** A PNG of one pixel, as far as its header. */
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

const markOf = (scope: "owner" | "instance") => async (): Promise<Partial<Call>> => {
  const id = newId();
  const drawingId = newId();
  const imageKey = watermarkImageKey({ watermarkId: id, drawingId });
  await objectStore().put({ key: imageKey, body: png });
  await db()
    .insert(watermarks)
    .values({
      ...{ id, drawingId, imageKey, imageWidth: 1, imageHeight: 1, name: "A mark", state: "ready" },
      channelId: scope === "owner" ? person("owner").channelId : null,
      design: { kind: "image", text: null, ...placement },
    });
  return { params: { watermarkId: id } };
};

const owners = markOf("owner");
const instances = markOf("instance");
const creators = (status: number): Statuses => same(status, { anonymous: 401, viewer: 403, suspended: 401 });
/** Creators may use what the instance offers; others do not learn of it. */
const offered = (status: number): Statuses => same(status, { anonymous: 401, viewer: 404, suspended: 401 });
/** Only admins change what the instance offers. */
const admins = (status: number): Statuses => ({ ...offered(403), admin: status });
const own = (status: number): Statuses => ({ ...hidden(status), anonymous: 401 });

/** A video with a poster that carries a mark. */
const withPoster = (visibility: "private" | "public") => async (): Promise<Partial<Call>> => {
  const call = await videoOf({ visibility, publishedAt: new Date() })();
  const videoId = String(call.params?.videoId);
  const posterKey = chosenPosterKey({ videoId, posterId: newId() });
  await objectStore().put({ key: posterKey, body: png });
  await objectStore().put({ key: cleanPosterKey(posterKey), body: png });
  await db().update(videos).set({ posterKey }).where(eq(videos.id, videoId));
  return call;
};

const sent = (prepare: () => Promise<Partial<Call>>) => async (): Promise<Partial<Call>> => ({
  ...(await prepare()),
  // Refused by its content after the caller was let in: the bytes of a text.
  body: "no picture",
  headers: { "content-type": "image/png" },
});

/** Presets of marks, their images, and the mark of a video. */
export const watermarkRows: Row[] = [
  { case: "list", file: collection, method: "GET", expected: creators(200) },
  {
    case: "own",
    file: collection,
    method: "POST",
    prepare: async () => ({ body: { name: "Logo", text: "Kinora" } }),
    expected: creators(201),
  },
  {
    case: "of the instance",
    file: collection,
    method: "POST",
    prepare: async () => ({ body: { name: "Logo", text: "Kinora", channelId: null } }),
    expected: same(403, { anonymous: 401, admin: 201, suspended: 401 }),
  },
  ...refused(collection, "PUT", "PATCH", "DELETE"),
  options(collection),
  ...(
    [
      ["GET", {}, 200],
      ["PATCH", { name: "New" }, 200],
      ["DELETE", undefined, 204],
    ] as const
  ).flatMap(([method, body, status]): Row[] => [
    {
      case: "a channel's",
      file: single,
      method,
      prepare: method === "PATCH" ? withBody(owners, body) : owners,
      expected: own(status),
    },
    {
      case: "the instance's",
      file: single,
      method,
      prepare: method === "PATCH" ? withBody(instances, body) : instances,
      expected: method === "GET" ? offered(status) : admins(status),
    },
  ]),
  ...refused(single, "POST", "PUT"),
  options(single),
  ...["GET", "HEAD"].flatMap((method): Row[] => [
    { case: "a channel's", file: image, method, prepare: owners, expected: own(200) },
    { case: "the instance's", file: image, method, prepare: instances, expected: offered(200) },
  ]),
  { case: "a channel's", file: image, method: "PUT", prepare: sent(owners), expected: own(415) },
  { case: "the instance's", file: image, method: "PUT", prepare: sent(instances), expected: admins(415) },
  ...refused(image, "POST", "PATCH", "DELETE"),
  options(image),
  { case: "private", file: ofVideo, method: "GET", prepare: privateVideo, expected: own(200) },
  { case: "public", file: ofVideo, method: "GET", prepare: publicVideo, expected: shown(200) },
  {
    case: "private",
    file: ofVideo,
    method: "PUT",
    prepare: withBody(privateVideo, { watermarkId: null }),
    expected: own(200),
  },
  {
    case: "public",
    file: ofVideo,
    method: "PUT",
    prepare: withBody(publicVideo, { watermarkId: null }),
    expected: shown(200),
  },
  { case: "private", file: ground, method: "GET", prepare: withPoster("private"), expected: own(200) },
  { case: "public", file: ground, method: "GET", prepare: withPoster("public"), expected: shown(200) },
  ...refused(ground, "POST", "PUT", "PATCH", "DELETE"),
  options(ground),
  ...refused(ofVideo, "POST", "PATCH", "DELETE"),
  options(ofVideo),
];
