import { db } from "#lib/db/client.ts";
import { audioExports } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import {
  type Call,
  hidden,
  options,
  privateVideo,
  processable,
  publicVideo,
  type Row,
  refused,
  shown,
  withBody,
} from "./scene.ts";

const collection = "app/api/v1/videos/[videoId]/audio/route.ts";
const single = "app/api/v1/videos/[videoId]/audio/[exportId]/route.ts";

const withExport = (prepare: () => Promise<Partial<Call>>) => async (): Promise<Partial<Call>> => {
  const { params } = await prepare();
  const id = newId();
  await db()
    .insert(audioExports)
    .values({ id, videoId: String(params?.videoId), options: {}, state: "queued" });
  return { params: { ...params, exportId: id } };
};

/** Sound files of a video. */
export const exportRows: Row[] = [
  {
    case: "private",
    file: collection,
    method: "GET",
    prepare: privateVideo,
    expected: { ...hidden(200), anonymous: 401 },
  },
  { case: "public", file: collection, method: "GET", prepare: publicVideo, expected: shown(200) },
  {
    case: "private",
    file: collection,
    method: "POST",
    prepare: withBody(processable("private"), {}),
    expected: { ...hidden(202), anonymous: 401 },
  },
  {
    case: "public",
    file: collection,
    method: "POST",
    prepare: withBody(processable("public"), {}),
    expected: shown(202),
  },
  ...refused(collection, "PUT", "PATCH", "DELETE"),
  options(collection),
  {
    case: "private",
    file: single,
    method: "DELETE",
    prepare: withExport(privateVideo),
    expected: { ...hidden(204), anonymous: 401 },
  },
  { case: "public", file: single, method: "DELETE", prepare: withExport(publicVideo), expected: shown(204) },
  ...refused(single, "GET", "POST", "PUT", "PATCH"),
  options(single),
];
