import { eq } from "drizzle-orm";
import { vi } from "vitest";
import type { WatchReport } from "#lib/analytics/dto.ts";
import { flushViews } from "#lib/analytics/view-meter.ts";
import { db } from "#lib/db/client.ts";
import { videos, watchSessions } from "#lib/db/schema/index.ts";
import type { Person } from "#tests/factories/people.ts";
import { makeRequest, withParams } from "#tests/factories/requests.ts";
import * as viewsRoute from "../../app/api/v1/videos/[videoId]/views/route.ts";
import * as sessionRoute from "../../app/api/v1/videos/[videoId]/watch-session/route.ts";

/** A browser of somebody. */
export const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0";

/** Who opens a player. */
export type Watcher = { videoId: string; as?: Person; address?: string; userAgent?: string; playbackToken?: string };

/** Opens a player; gives the answer of the route. */
export const openSession = (watcher: Watcher): Promise<Response> => {
  const { videoId, as, address = "192.0.2.1", userAgent = firefox, playbackToken } = watcher;
  const path = playbackToken === undefined ? "/" : `/?token=${playbackToken}`;
  const request = makeRequest({ as: as ?? null, address, path, headers: { "user-agent": userAgent } });
  return sessionRoute.GET(request, withParams({ videoId }));
};

/** The token of a player, or null where none is given. */
export const tokenOf = async (watcher: Watcher): Promise<string | null> => {
  const { token } = await (await openSession(watcher)).json();
  return typeof token === "string" ? token : null;
};

/** A report that claims to have played from the start up to a second, at 720p. */
export const reportOf = (
  input: Partial<WatchReport> & { token: string; seq: number; seconds: number },
): WatchReport => {
  const { seconds, ...rest } = input;
  const ms = seconds * 1000;
  return {
    ...{ playedMs: ms, ranges: [{ fromMs: 0, toMs: ms }], startupMs: 400, stalls: { count: 0, ms: 0 } },
    ...{ renditions: [{ height: 720, ms }], errors: [], source: { kind: "direct", host: null } },
    ...rest,
  };
};

/** Sends a report as a browser would. */
export const sendReport = ({ videoId, body }: { videoId: string; body: unknown }): Promise<Response> =>
  viewsRoute.POST(makeRequest({ method: "POST", body, address: "192.0.2.1" }), withParams({ videoId }));

/** Sets the clock of this process; the database has its own. */
export const setNow = (at: string | number): void => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date(at) });
};

/** Lets seconds pass on the clock of this process. */
export const pass = (seconds: number): void => {
  vi.setSystemTime(Date.now() + seconds * 1000);
};

/** Reports of one player that plays in real time: one at once, then every fifteen seconds, each for what was played. */
export const watchFor = async (input: {
  videoId: string;
  token: string;
  seconds: number;
  more?: Partial<WatchReport>;
}): Promise<void> => {
  const { videoId, token, seconds, more = {} } = input;
  const moments = [...Array(Math.ceil(seconds / 15)).keys()].map((index) => index * 15);
  for (const [index, played] of [...moments, seconds].entries()) {
    await sendReport({ videoId, body: reportOf({ token, seq: index + 1, seconds: played, ...more }) });
    const next = moments[index + 1] ?? seconds;
    if (next > played) pass(next - played);
  }
};

/** How often a video was viewed, after all that waits is written. */
export const viewsOf = async (videoId: string): Promise<number> => {
  await flushViews();
  const [row] = await db().select({ views: videos.viewCount }).from(videos).where(eq(videos.id, videoId));
  return row?.views ?? -1;
};

/** The sessions of a video as they are stored. */
export const sessionsOf = (videoId: string) =>
  db().select().from(watchSessions).where(eq(watchSessions.videoId, videoId));
