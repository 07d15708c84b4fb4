import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { db } from "#lib/db/client.ts";
import { searchChanges, videos } from "#lib/db/schema/index.ts";
import { type Bearer, type MarkedVideo, makeMarked } from "#tests/e2e/crawl/crawl-scene.ts";
import type { Names } from "#tests/e2e/crawl/seeds.ts";
import { makeBearer } from "#tests/factories/bearer.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

/** What is there to be crawled: videos that stay public, and others that are to be hidden, each in a way of its own. */
export type Scene = {
  origin: string;
  names: Names;
  kept: MarkedVideo[];
  hidden: MarkedVideo[];
  send: (method: string, path: string, body?: unknown, as?: Bearer) => Promise<unknown>;
  admin: Bearer;
};

type Hiding = (scene: Scene, videoId: string) => Promise<unknown>;

const setState = (status: "processing" | "failed") => (_scene: Scene, videoId: string) =>
  db().update(videos).set({ status }).where(eq(videos.id, videoId));

const hidings: Record<string, Hiding> = {
  private: ({ send }, id) => send("PATCH", `/videos/${id}`, { visibility: "private" }),
  unlisted: ({ send }, id) => send("PATCH", `/videos/${id}`, { visibility: "unlisted" }),
  "taken down": ({ send, admin }, id) => send("POST", `/admin/videos/${id}/takedown`, { reason: "a test" }, admin),
  deleted: ({ send }, id) => send("DELETE", `/videos/${id}`),
  "not ready": setState("processing"),
  failed: setState("failed"),
};

/** Whoever has the address of one of these may see it; it is in no list. */
const openByAddress = ["unlisted", "not ready", "failed"];
/** Whether a hidden video is still there for who has its address. */
export const isByAddress = ({ fate }: MarkedVideo): boolean => openByAddress.includes(fate);

/** Makes people and public videos on a site whose database and store this process has open. */
export const makeScene = async (origin: string): Promise<Scene> => {
  const [owner, talker, admin] = [await makeBearer(), await makeBearer(), await makeBearer({ role: "admin" })];
  const send: Scene["send"] = async (method, path, body, as = owner) => {
    const response = await fetch(`${origin}/api/v1${path}`, {
      method,
      headers: { ...as.headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    expect(response.ok, `${method} ${path}: ${response.status} ${text}`).toBe(true);
    return text === "" ? null : JSON.parse(text);
  };
  const [kept, hidden]: MarkedVideo[][] = [[], []];
  // The hidden ones first: lists that are remembered begin with one.
  for (const fate of [...Object.keys(hidings), "kept", "kept too", "kept for a while"]) {
    const isKept = fate.startsWith("kept");
    // One of the hidden ones is of the category of those that stay: what is told of that goes on.
    const category = isKept || fate === "private" ? "science" : "music";
    const video = await makeMarked({ owner, talker, fate, category });
    (isKept ? kept : hidden)?.push(video);
    await send("PATCH", `/videos/${video.id}/sharing`, { downloadable: true });
  }
  const list = { title: "Together", visibility: "public" };
  const { id: playlistId } = Object(await send("POST", "/me/playlists", list, talker));
  for (const { id: videoId } of [...(hidden ?? []), ...(kept ?? [])]) {
    await send("POST", `/playlists/${playlistId}/items`, { videoId }, talker);
  }
  const person = { username: owner.user.username, userId: owner.user.id };
  const names = { handle: owner.channel.handle, talkerHandle: talker.channel.handle, playlistId, ...person };
  return { origin, names, kept: kept ?? [], hidden: hidden ?? [], send, admin };
};

/** Hides a video in one of the ways in which videos are hidden, through the site's own routes where there are any. */
export const hide = async (scene: Scene, { id, fate }: { id: string; fate: string }): Promise<void> => {
  const hiding = hidings[fate];
  if (hiding === undefined) throw new Error(`Nothing is hidden by being ${fate}.`);
  await hiding(scene, id);
};

/** Hides every video that is to be hidden. */
export const hideAll = async (scene: Scene): Promise<void> => {
  for (const video of scene.hidden) await hide(scene, video);
};

/** Waits until every engine knows all that has changed. */
export const waitForIndex = (): Promise<true> =>
  waitFor({
    what: "the index to know every change",
    timeoutMs: 60_000,
    until: async () => (await db().$count(searchChanges)) === 0,
  });
