import { randomBytes } from "node:crypto";
import { db } from "#lib/db/client.ts";
import { insertMember } from "#lib/db/queries/channels/channel-members.ts";
import { channels, runSteps, runs, sessions, uploads, users, videos } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import { originalKey } from "#lib/storage/keys.ts";

type User = typeof users.$inferInsert;
type Session = typeof sessions.$inferInsert;
type Channel = typeof channels.$inferInsert;
type Video = typeof videos.$inferInsert;
type Upload = typeof uploads.$inferInsert;
type Run = typeof runs.$inferInsert;
type RunStep = typeof runSteps.$inferInsert;

const tag = () => randomBytes(4).toString("hex");

/** The one row an insert returned. */
const only = <Row>(rows: Row[]): Row => {
  const [row] = rows;
  if (row === undefined) throw new Error("The insert returned no row.");
  return row;
};

/** Inserts an account (a creator unless told otherwise). Its password hash fits no password. */
export const makeUser = async (values: Partial<User> = {}) => {
  const name = values.username ?? `user-${tag()}`;
  return only(
    await db()
      .insert(users)
      .values({
        id: newId(),
        email: `${name}@example.org`,
        username: name,
        displayName: name,
        passwordHash: "no password fits",
        emailVerifiedAt: new Date(),
        role: "creator",
        ...values,
      })
      .returning(),
  );
};

/** Inserts a browser's session that lasts a week. */
export const makeSession = async (values: Partial<Session> & { userId: string }) =>
  only(
    await db()
      .insert(sessions)
      .values({ id: newId(), kind: "browser", expiresAt: new Date(Date.now() + 7 * 86_400_000), ...values })
      .returning(),
  );

/** Inserts a channel with its owner as a member, of a new creator when no owner is given. */
export const makeChannel = async (values: Partial<Channel> = {}) => {
  const ownerId = values.ownerId ?? (await makeUser()).id;
  const handle = values.handle ?? `channel-${tag()}`;
  const channel = only(
    await db()
      .insert(channels)
      .values({ id: newId(), ownerId, handle, name: handle, ...values })
      .returning(),
  );
  await insertMember(db(), { channelId: channel.id, userId: ownerId, role: "owner" });
  return channel;
};

/** Inserts a private video that is still uploading, in a new channel of `creatorId` (a new creator by default). */
export const makeVideo = async (values: Partial<Video> = {}) => {
  const creatorId = values.creatorId ?? (await makeUser()).id;
  const channelId = values.channelId ?? (await makeChannel({ ownerId: creatorId })).id;
  return only(
    await db()
      .insert(videos)
      .values({
        id: newId(),
        channelId,
        creatorId,
        title: `Video ${tag()}`,
        visibility: "private",
        sourceFilename: "clip.mp4",
        sourceSizeBytes: 1000,
        ...values,
      })
      .returning(),
  );
};

/** Inserts an upload that still receives bytes, for a new video by default. */
export const makeUpload = async (values: Partial<Upload> = {}) => {
  const video = values.videoId === undefined || values.ownerId === undefined ? await makeVideo() : null;
  return only(
    await db()
      .insert(uploads)
      .values({
        id: newId(),
        videoId: video?.id ?? "",
        ownerId: video?.creatorId ?? "",
        sizeBytes: 1000,
        filename: "clip.mp4",
        metadata: {},
        expiresAt: new Date(Date.now() + 86_400_000),
        ...values,
      })
      .returning(),
  );
};

/** Inserts a running run, for a new video by default. */
export const makeRun = async (values: Partial<Run> = {}) => {
  const videoId = values.videoId ?? (await makeVideo({ status: "processing" })).id;
  return only(
    await db()
      .insert(runs)
      .values({
        id: newId(),
        videoId,
        reason: "upload",
        sourceKey: originalKey({ videoId, uploadId: newId() }),
        ...values,
      })
      .returning(),
  );
};

/** Inserts a queued probe step, of a new run by default. */
export const makeRunStep = async (values: Partial<RunStep> = {}) => {
  const runId = values.runId ?? (await makeRun()).id;
  return only(
    await db()
      .insert(runSteps)
      .values({ id: newId(), runId, kind: "probe", maxAttempts: 4, ...values })
      .returning(),
  );
};
