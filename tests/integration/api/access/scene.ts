import { db } from "#lib/db/client.ts";
import { insertMember } from "#lib/db/queries/channels/channel-members.ts";
import type { videos } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import { makePerson, type Person } from "#tests/factories/people.ts";
import type { withParams } from "#tests/factories/requests.ts";
import { makeRun, makeVideo } from "#tests/factories/rows.ts";

/** Who asks. `editor` works on the owner's channel; `suspended` holds a session from before the suspension. */
export const actors = ["anonymous", "viewer", "owner", "editor", "other", "admin", "suspended"] as const;
export type Actor = (typeof actors)[number];
export type Statuses = Record<Actor, number>;
export type Row = {
  /** What the owner's things look like for this row. */
  case: string;
  file: string;
  method: string;
  prepare?: () => Promise<Partial<Call>>;
  expected: Statuses;
};
export type Call = {
  params: Record<string, string | string[]>;
  body: unknown;
  headers: Record<string, string>;
  path: string;
};

const people = new Map<Actor, Person>();
/** Somebody of the scene. */
export const person = (actor: Actor): Person => {
  const found = people.get(actor);
  if (found === undefined) throw new Error(`nobody is ${actor}`);
  return found;
};

/** Makes everybody; call it once, when the database is there. */
export const makePeople = async (): Promise<void> => {
  people.set("viewer", await makePerson({ role: "viewer" }));
  people.set("owner", await makePerson());
  people.set("editor", await makePerson());
  people.set("other", await makePerson());
  people.set("admin", await makePerson({ role: "admin" }));
  people.set("suspended", await makePerson({ status: "suspended" }));
  await insertMember(db(), {
    channelId: person("owner").channelId,
    userId: person("editor").account.id,
    role: "editor",
  });
};

/** One status for everybody but those who are named; what holds for the owner holds for the editor unless told. */
export const same = (status: number, but: Partial<Statuses> = {}): Statuses => ({
  ...{ anonymous: status, viewer: status, owner: status, other: status, admin: status, suspended: status },
  editor: but.owner ?? status,
  ...but,
});
/** Only the channel's members and admins; the thing is hidden from everyone else. */
export const hidden = (status: number): Statuses => same(404, { owner: status, admin: status, suspended: 401 });
/** Only the channel's members and admins change it; everyone else may look. */
export const shown = (status: number): Statuses =>
  same(403, { anonymous: 401, owner: status, admin: status, suspended: 401 });

export const videoOf = (values: Partial<typeof videos.$inferInsert>) => async (): Promise<Partial<Call>> => {
  const owner = person("owner");
  const video = await makeVideo({
    creatorId: owner.account.id,
    channelId: owner.channelId,
    status: "ready",
    ...values,
  });
  return { params: { videoId: video.id } };
};
export const withBody = (prepare: () => Promise<Partial<Call>>, body: unknown) => async () => ({
  ...(await prepare()),
  body,
});

export const refused = (file: string, ...methods: string[]): Row[] =>
  methods.map((method) => ({ case: "not answered", file, method, expected: same(405) }));
export const options = (file: string): Row => ({ case: "preflight", file, method: "OPTIONS", expected: same(204) });

export const privateVideo = videoOf({ visibility: "private" });
export const publicVideo = videoOf({ visibility: "public", publishedAt: new Date() });
export const deletedVideo = videoOf({ visibility: "public", deletedAt: new Date() });
export const processable = (visibility: "private" | "public") => async () =>
  videoOf({ visibility, status: "failed", failureCode: "internal", originalKey: `originals/${newId()}/${newId()}` })();

/** A video whose first run is going on. */
export const processing = (visibility: "private" | "public") => async () => {
  const call = await videoOf({ visibility, status: "processing" })();
  await makeRun({ videoId: String(call.params?.videoId) });
  return call;
};

export type Handlers = Record<string, (request: Request, context: ReturnType<typeof withParams>) => Promise<Response>>;
export const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

export const handlersOf = async (file: string): Promise<Handlers> => {
  const module: Handlers = await import(/* @vite-ignore */ `../../../../${file}`);
  return Object.fromEntries(Object.entries(module).filter(([name]) => methods.includes(name)));
};
