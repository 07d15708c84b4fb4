import { eq } from "drizzle-orm";
import { addComment } from "#lib/comments/add-comment.ts";
import { db } from "#lib/db/client.ts";
import { assets, audioExports, captions, videos } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import { objectStore } from "#lib/storage/index.ts";
import { exportKey, posterKey, previewKey, runPrefix, storyboardKey } from "#lib/storage/keys.ts";
import type { makeBearer } from "#tests/factories/bearer.ts";
import { addChapter, addSpoken, makeFindable } from "#tests/factories/findable.ts";

/** Where a word or a marker of bytes stands that is in nothing but one video. */
export type Room = string;

/** A video whose every part can be told apart from all others'. */
export type MarkedVideo = {
  id: string;
  /** What becomes of it, or `kept`. */
  fate: string;
  category: "music" | "science";
  /** Unique text by room; files have theirs in their bytes. */
  marks: Record<Room, string>;
  /** Ids of the video and of everything that belongs to it: what its own addresses are made of. */
  ids: string[];
  captionId: string;
  commentId: string;
  runId: string;
};

/** Somebody who may send requests. */
export type Bearer = Awaited<ReturnType<typeof makeBearer>>;

/** In the title of each marked video. */
export const sharedWord = "velykoden";

const syllables = ["ba", "ko", "ri", "mu", "te", "lo", "gy", "na", "fi", "du", "ze", "hu", "pa", "vy", "sol", "qe"];
let made = 0;

/** A word that no other one can be a typo of: the number stands in it three times, in other letters each. */
const newWord = (): string => {
  made += 1;
  const digits = [made % 16, Math.floor(made / 16) % 16];
  const turn = (by: number) => digits.map((digit) => syllables[(digit * 5 + by * 7) % 16]).join("");
  return `x${turn(0)}w${turn(1)}j${turn(2)}`;
};

const wordRooms = ["title", "description", "tag", "caption", "chapter", "comment"] as const;
const runFiles = {
  rung: "360p/index.m3u8",
  init: "360p/init.mp4",
  segment: "360p/00000.m4s",
  iframes: "iframes/index.m3u8",
  audio: "audio-0/index.m3u8",
  audioSegment: "audio-0/00000.m4s",
  poster: "poster.jpg",
  thumbnail: "poster-w320.webp",
  storyboard: "storyboard.vtt",
  sheet: "storyboard-0.jpg",
  preview: "preview.mp4",
} as const;

/** Rooms whose marks are words that people read. */
export const readRooms: readonly Room[] = wordRooms;
/** Rooms whose marks stand in the bytes of delivered files. */
export const fileRooms: readonly Room[] = [...Object.keys(runFiles), "sound"];

const bodies: Partial<Record<Room, (mark: string) => string>> = {
  rung: (mark) => `#EXTM3U\n#EXT-X-MAP:URI="init.mp4"\n# ${mark}\n00000.m4s\n#EXT-X-ENDLIST\n`,
  iframes: (mark) => `#EXTM3U\n# ${mark}\n#EXT-X-ENDLIST\n`,
  audio: (mark) => `#EXTM3U\n# ${mark}\n00000.m4s\n#EXT-X-ENDLIST\n`,
  storyboard: (mark) => `WEBVTT\n\nNOTE ${mark}\n\n00:00.000 --> 00:05.000\nstoryboard-0.jpg#xywh=0,0,160,90\n`,
};
const master = [
  "#EXTM3U",
  '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="a",URI="audio-0/index.m3u8"',
  '#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=1000,URI="iframes/index.m3u8"',
  '#EXT-X-STREAM-INF:BANDWIDTH=100000,AUDIO="a"',
  "360p/index.m3u8",
  "",
].join("\n");

type Marks = Record<Room, string>;

const storeRun = async ({ marks, ...run }: { videoId: string; runId: string; marks: Marks }): Promise<void> => {
  const store = objectStore();
  const prefix = runPrefix(run);
  await store.put({ key: `${prefix}index.m3u8`, body: Buffer.from(master) });
  for (const [room, name] of Object.entries(runFiles)) {
    const mark = marks[room] ?? "";
    await store.put({ key: prefix + name, body: Buffer.from(bodies[room]?.(mark) ?? mark) });
  }
  for (const [kind, key] of [
    ["storyboard", storyboardKey(run)],
    ["preview", previewKey(run)],
  ] as const) {
    const about = { id: newId(), videoId: run.videoId, runId: run.runId, kind, key };
    await db()
      .insert(assets)
      .values({ ...about, sizeBytes: 1, contentType: "application/octet-stream" });
  }
};

const storeSound = async ({ videoId, mark }: { videoId: string; mark: string }): Promise<string[]> => {
  const [exportId, assetId] = [newId(), newId()];
  const key = exportKey({ videoId, exportId, attemptId: newId() });
  await objectStore().put({ key, body: Buffer.from(mark) });
  const file = { id: assetId, videoId, key, sizeBytes: mark.length, contentType: "audio/mpeg" };
  await db()
    .insert(assets)
    .values({ kind: "export", ...file });
  await db().insert(audioExports).values({ id: exportId, videoId, options: {}, state: "done", assetId, progress: 1 });
  return [exportId, assetId];
};

/** Makes a public, ready video of a channel, with files and with a word of its own in every room. */
export const makeMarked = async (input: {
  owner: Bearer;
  talker: Bearer;
  fate: string;
  category: MarkedVideo["category"];
}): Promise<MarkedVideo> => {
  const { owner, talker, fate, category } = input;
  const marks = Object.fromEntries([...wordRooms, ...fileRooms].map((room) => [room, newWord()]));
  const mark = (room: Room) => marks[room] ?? "";
  const runId = newId();
  const { id } = await makeFindable({
    ...{ title: `${sharedWord} ${mark("title")}`, description: `A film. ${mark("description")}.`, tags: [mark("tag")] },
    ...{ category, language: category === "music" ? "uk" : "fi", channelId: owner.channel.id, currentRunId: runId },
    ...{ creatorId: owner.user.id, width: 640, height: 360 },
  });
  await storeRun({ videoId: id, runId, marks });
  await db()
    .update(videos)
    .set({ posterKey: posterKey({ videoId: id, runId }), posterWidths: [320] })
    .where(eq(videos.id, id));
  const captionId = await addSpoken(id, [[3, `They say ${mark("caption")} here`]], "en");
  await db().update(captions).set({ isDefault: true }).where(eq(captions.id, captionId));
  await addChapter(id, 0, `Part ${mark("chapter")}`);
  const comment = { text: `I think ${mark("comment")}`, parentId: null };
  const { id: commentId } = await addComment({ viewer: talker.account, videoId: id, comment });
  const soundIds = await storeSound({ videoId: id, mark: mark("sound") });
  return {
    id,
    fate,
    category,
    marks,
    ids: [id, runId, captionId, commentId, ...soundIds],
    captionId,
    commentId,
    runId,
  };
};
