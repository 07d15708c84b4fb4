import { transaction } from "#lib/db/client.ts";
import { insertAudioExport } from "#lib/db/queries/videos/audio-exports.ts";
import { audioRequestSchema } from "#lib/exports/dto.ts";
import { makeUser } from "#tests/factories/rows.ts";
import { options, processing, type Row, refused, same, videoOf, withBody } from "./scene.ts";

const at = (path: string) => `app/api/v1/admin/${path}/route.ts`;
const admins = (status: number) => same(403, { anonymous: 401, admin: status, suspended: 401 });
const list = (path: string): Row[] => [
  { case: "all", file: at(path), method: "GET", expected: admins(200) },
  ...refused(at(path), "POST", "PUT", "PATCH", "DELETE"),
  options(at(path)),
];
const action = (path: string, rows: Pick<Row, "case" | "prepare" | "expected">[]): Row[] => [
  ...rows.map((row) => ({ ...row, file: at(path), method: "POST" })),
  ...refused(at(path), "GET", "PUT", "PATCH", "DELETE"),
  options(at(path)),
];

const somebody = async () => ({ params: { userId: (await makeUser()).id } });
const publicVideo = videoOf({ visibility: "public", publishedAt: new Date() });
const takenDown = videoOf({ visibility: "public", takenDownAt: new Date(), takedownReason: "Spam" });
const runningJob = async () => ({ params: { jobId: String((await processing("private")()).params?.videoId) } });
const failedExport = async () => {
  const { params } = await videoOf({ originalKey: "originals/v/u" })();
  const requested = { videoId: String(params?.videoId), requestedBy: null, options: audioRequestSchema.parse({}) };
  return { params: { jobId: await transaction((tx) => insertAudioExport(tx, requested)) } };
};
const nothing = async () => ({ params: { jobId: "999999999" } });

/** What only admins do. */
export const adminRows: Row[] = [
  ...["audit", "overview", "usage", "jobs", "users", "videos"].flatMap(list),
  { case: "somebody's", file: at("users/[userId]"), method: "GET", prepare: somebody, expected: admins(200) },
  {
    ...{ case: "somebody's", file: at("users/[userId]/sessions"), method: "DELETE" },
    ...{ prepare: somebody, expected: admins(200) },
  },
  ...refused(at("users/[userId]/sessions"), "GET", "POST", "PUT", "PATCH"),
  options(at("users/[userId]/sessions")),
  {
    ...{ case: "somebody without one", file: at("users/[userId]/second-factor"), method: "DELETE" },
    ...{ prepare: somebody, expected: admins(409) },
  },
  ...refused(at("users/[userId]/second-factor"), "GET", "POST", "PUT", "PATCH"),
  options(at("users/[userId]/second-factor")),
  ...action("videos/[videoId]/takedown", [
    { case: "public", prepare: withBody(publicVideo, { reason: "Spam" }), expected: admins(200) },
    { case: "down already", prepare: withBody(takenDown, { reason: "Spam" }), expected: admins(409) },
  ]),
  ...action("videos/[videoId]/restore", [
    { case: "taken down", prepare: takenDown, expected: admins(200) },
    { case: "not down", prepare: publicVideo, expected: admins(409) },
  ]),
  ...action("jobs/[jobId]/retry", [
    { case: "no such", prepare: nothing, expected: admins(404) },
    { case: "running", prepare: runningJob, expected: admins(409) },
  ]),
  ...action("jobs/[jobId]/cancel", [
    { case: "running", prepare: runningJob, expected: admins(204) },
    { case: "sound file", prepare: failedExport, expected: admins(204) },
  ]),
];

const watch = "app/api/v1/videos/[videoId]/route.ts";
const edit = withBody(videoOf({ visibility: "private", takenDownAt: new Date(), takedownReason: "Spam" }), {
  visibility: "public",
});
const audio = "app/api/v1/videos/[videoId]/audio/route.ts";
const audioOfTakenDown = videoOf({
  ...{ visibility: "public", takenDownAt: new Date(), takedownReason: "Spam" },
  originalKey: "originals/v/u",
});

/** A video that was taken down is there for its members and admins alone, and they cannot publish it. */
export const takedownRows: Row[] = [
  {
    ...{ case: "taken down", file: watch, method: "GET", prepare: takenDown },
    expected: same(404, { owner: 200, admin: 200, suspended: 401 }),
  },
  {
    ...{ case: "publishing one that was taken down", file: watch, method: "PATCH", prepare: edit },
    expected: same(404, { anonymous: 401, owner: 409, admin: 200, suspended: 401 }),
  },
  {
    ...{ case: "deleting one that was taken down", file: watch, method: "DELETE", prepare: takenDown },
    expected: same(404, { anonymous: 401, owner: 204, admin: 204, suspended: 401 }),
  },
  {
    ...{ case: "taken down", file: audio, method: "POST", prepare: withBody(audioOfTakenDown, {}) },
    expected: same(404, { anonymous: 401, owner: 409, admin: 202, suspended: 401 }),
  },
];
