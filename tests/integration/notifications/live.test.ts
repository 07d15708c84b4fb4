import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db, transaction } from "#lib/db/client.ts";
import { outbox } from "#lib/db/schema/index.ts";
import { dispatchEvent } from "#lib/notifications/dispatch-event.ts";
import { recordVideoEvent } from "#lib/notifications/record-video-event.ts";
import { listenTo } from "#tests/factories/event-client.ts";
import { makePerson, type Person } from "#tests/factories/people.ts";
import { makeRequest } from "#tests/factories/requests.ts";
import { makeVideo } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { serveRoutes } from "#tests/setup/serve-routes.ts";
import * as eventsRoute from "../../../app/api/v1/me/events/route.ts";
import * as readRoute from "../../../app/api/v1/me/notifications/read/route.ts";

testDatabase();

let site: Awaited<ReturnType<typeof serveRoutes>>;
beforeAll(async () => {
  site = await serveRoutes([{ path: /^\/api\/v1\/me\/events$/, module: eventsRoute }]);
});
afterAll(() => site.stop());

const listen = (person: Person, query = "") =>
  listenTo(`${site.url}/api/v1/me/events${query}`, { cookie: person.cookie });
type Stream = Awaited<ReturnType<typeof listen>>;
/** The notices' events are no videos: told as they are. */
const nextNotice = async (stream: Stream): Promise<unknown> =>
  (await stream.next(({ name }) => name === "notification")).data;

const tell = async ({ account, channelId }: Person, title: string) => {
  const video = await makeVideo({ creatorId: account.id, channelId, title });
  await transaction((tx) => recordVideoEvent(tx, { type: "video.ready", videoId: video.id }));
  const [event] = await db().select().from(outbox).where(eq(outbox.videoId, video.id));
  await dispatchEvent({ eventId: event?.id ?? "" });
};

test("a notice comes live to its receiver alone, and its being read to the other pages", async () => {
  const [person, other] = [await makePerson(), await makePerson()];
  const [stream, elsewhere] = [await listen(person, "?only=notifications"), await listen(other)];
  expect(await nextNotice(stream)).toEqual({ notification: null, unread: 0 });
  expect(await nextNotice(elsewhere)).toEqual({ notification: null, unread: 0 });
  await tell(person, "A film");
  expect(await nextNotice(stream)).toMatchObject({ notification: { type: "video.ready", text: "A film" }, unread: 1 });
  await tell(other, "Another");
  expect(await nextNotice(elsewhere)).toMatchObject({ notification: { text: "Another" }, unread: 1 });
  const request = makeRequest({ method: "POST", as: person, body: { all: true } });
  const answer = await readRoute.POST(request);
  expect(await answer.json()).toEqual({ unread: 0 });
  expect(await nextNotice(stream)).toEqual({ notification: null, unread: 0 });
  for (const one of [stream, elsewhere]) one.stop();
});
