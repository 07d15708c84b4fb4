import { db } from "#lib/db/client.ts";
import { captions } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import { objectStore } from "#lib/storage/index.ts";
import { captionKey } from "#lib/storage/keys.ts";
import {
  type Call,
  hidden,
  options,
  privateVideo,
  publicVideo,
  type Row,
  refused,
  type Statuses,
  same,
  shown,
  withBody,
} from "./scene.ts";

const captionsFile = "app/api/v1/videos/[videoId]/captions/route.ts";
const captionFile = "app/api/v1/videos/[videoId]/captions/[captionId]/route.ts";
const chaptersFile = "app/api/v1/videos/[videoId]/chapters/route.ts";

const sentCaption = (prepare: () => Promise<Partial<Call>>) =>
  withBody(prepare, { language: "uk", text: "WEBVTT\n\n00:01.000 --> 00:02.000\nТак\n" });
const captionOf = (prepare: () => Promise<Partial<Call>>, body?: unknown) => async (): Promise<Partial<Call>> => {
  const { params } = await prepare();
  const videoId = String(params?.videoId);
  const captionId = newId();
  const key = captionKey({ videoId, captionId, version: 1 });
  await objectStore().put({ key, body: Buffer.from("WEBVTT\n\n") });
  const facts = {
    language: "uk",
    label: "Так",
    kind: "subtitles",
    origin: "upload",
    sizeBytes: 8,
    cueCount: 1,
  } as const;
  await db()
    .insert(captions)
    .values({ id: captionId, videoId, key, ...facts });
  return { params: { videoId, captionId }, ...(body === undefined ? {} : { body }) };
};
const seen = same(200, { suspended: 401 });
const edits = (visibility: "private" | "public", status: number): Statuses =>
  visibility === "private" ? { ...hidden(status), anonymous: 401 } : shown(status);

const changing: Row[] = (["private", "public"] as const).flatMap((visibility): Row[] => {
  const prepare = visibility === "private" ? privateVideo : publicVideo;
  const looked = visibility === "private" ? hidden(200) : seen;
  return [
    { case: visibility, file: captionsFile, method: "GET", prepare, expected: looked },
    {
      ...{ case: visibility, file: captionsFile, method: "POST", prepare: sentCaption(prepare) },
      expected: edits(visibility, 201),
    },
    { case: visibility, file: captionFile, method: "GET", prepare: captionOf(prepare), expected: looked },
    {
      ...{ case: visibility, file: captionFile, method: "PATCH", prepare: captionOf(prepare, { label: "Ні" }) },
      expected: edits(visibility, 200),
    },
    {
      ...{ case: visibility, file: captionFile, method: "DELETE", prepare: captionOf(prepare) },
      expected: edits(visibility, 204),
    },
    { case: visibility, file: chaptersFile, method: "GET", prepare, expected: looked },
    {
      ...{ case: visibility, file: chaptersFile, method: "PUT", prepare: withBody(prepare, { items: [] }) },
      expected: edits(visibility, 200),
    },
    { case: visibility, file: chaptersFile, method: "DELETE", prepare, expected: edits(visibility, 200) },
  ];
});

/** Captions and chapters of videos. */
export const textRows: Row[] = [
  ...changing,
  ...refused(captionsFile, "PUT", "PATCH", "DELETE"),
  ...refused(captionFile, "POST", "PUT"),
  ...refused(chaptersFile, "POST", "PATCH"),
  ...[captionsFile, captionFile, chaptersFile].map(options),
];
