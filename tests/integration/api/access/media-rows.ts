import { db } from "#lib/db/client.ts";
import { assets } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import { objectStore } from "#lib/storage/index.ts";
import { multivariantKey, originalKey } from "#lib/storage/keys.ts";
import { type Call, hidden, options, type Row, refused, type Statuses, same, videoOf } from "./scene.ts";

const media = "app/media/[...key]/route.ts";
const asset = "app/api/v1/assets/[assetId]/route.ts";

const stored = async (key: string) => {
  await objectStore().put({ key, body: Buffer.from("#EXTM3U\n") });
};
const playlistOf = (visibility: "private" | "public") => async (): Promise<Partial<Call>> => {
  const runId = newId();
  const { params } = await videoOf({ visibility, currentRunId: runId })();
  const key = multivariantKey({ videoId: String(params?.videoId), runId });
  await stored(key);
  return { params: { key: key.split("/") }, path: `/media/${key}` };
};
const originalOf = (visibility: "private" | "public") => async (): Promise<Partial<Call>> => {
  const { params } = await videoOf({ visibility })();
  const videoId = String(params?.videoId);
  const key = originalKey({ videoId, uploadId: newId() });
  const assetId = newId();
  await stored(key);
  await db()
    .insert(assets)
    .values({ id: assetId, videoId, kind: "original", key, sizeBytes: 8, contentType: "video/mp4" });
  return { params: { assetId }, path: `/api/v1/assets/${assetId}` };
};
const editorsOnly: Statuses = same(404, { anonymous: 401, owner: 200, admin: 200, suspended: 401 });

/** Routes of this area. */
export const mediaRows: Row[] = [
  ...["GET", "HEAD"].flatMap((method): Row[] => [
    { case: "private playlist", file: media, method, prepare: playlistOf("private"), expected: hidden(200) },
    {
      case: "public playlist",
      file: media,
      method,
      prepare: playlistOf("public"),
      expected: same(200, { suspended: 401 }),
    },
    { case: "private original", file: asset, method, prepare: originalOf("private"), expected: editorsOnly },
    { case: "public video's original", file: asset, method, prepare: originalOf("public"), expected: editorsOnly },
  ]),
  ...refused(media, "POST", "PUT", "PATCH", "DELETE"),
  options(media),
  ...refused(asset, "POST", "PUT", "PATCH", "DELETE"),
  options(asset),
];
