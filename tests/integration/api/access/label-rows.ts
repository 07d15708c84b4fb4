import { db } from "#lib/db/client.ts";
import { videoLabels } from "#lib/db/schema/index.ts";
import {
  type Call,
  hidden,
  options,
  privateVideo,
  publicVideo,
  type Row,
  refused,
  same,
  shown,
  withBody,
} from "./scene.ts";

const list = "app/api/v1/videos/[videoId]/suggested-tags/route.ts";
const one = "app/api/v1/videos/[videoId]/suggested-tags/[name]/route.ts";
const settings = "app/api/v1/me/label-settings/route.ts";

/** A video for which a dog is suggested. */
const seen = (prepare: () => Promise<Partial<Call>>) => async (): Promise<Partial<Call>> => {
  const { params } = await prepare();
  const videoId = String(params?.videoId);
  await db().insert(videoLabels).values({ videoId, label: "dog", confidence: 0.7, frames: 3, state: "suggested" });
  return { params: { videoId, name: "dog" } };
};

const rowsOf = (visibility: "private" | "public"): Row[] => {
  const prepare = visibility === "private" ? privateVideo : publicVideo;
  const edits = visibility === "private" ? { ...hidden(200), anonymous: 401 } : shown(200);
  const accept = withBody(seen(prepare), { language: "en" });
  return [
    { case: visibility, file: list, method: "GET", prepare, expected: edits },
    { case: visibility, file: one, method: "PUT", prepare: accept, expected: edits },
    { case: visibility, file: one, method: "DELETE", prepare: seen(prepare), expected: edits },
  ];
};

const everybody = same(200, { anonymous: 401, suspended: 401 });
const noSettings = async () => ({ body: { placeFromFile: false } });

/** Routes of this area. */
export const labelRows: Row[] = [
  ...rowsOf("private"),
  ...rowsOf("public"),
  ...refused(list, "POST", "PUT", "PATCH", "DELETE"),
  ...refused(one, "GET", "POST", "PATCH"),
  { case: "own", file: settings, method: "GET", expected: everybody },
  { case: "own", file: settings, method: "PUT", prepare: noSettings, expected: everybody },
  ...refused(settings, "POST", "PATCH", "DELETE"),
  ...[list, one, settings].map(options),
];
