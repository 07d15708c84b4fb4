import type { WatchReport } from "#lib/analytics/dto.ts";
import { bucketCountOf } from "#lib/analytics/retention-buckets.ts";
import { type Beat, isView, takeBeat, type WatchState } from "#lib/analytics/take-beat.ts";
import { scoreOfViews } from "#lib/analytics/trend-score.ts";
import { ticketLifetimeMs, type WatchTicket } from "#lib/analytics/watch-token.ts";
import { transaction } from "#lib/db/client.ts";
import {
  addViews,
  findWatchedVideos,
  holdWatchSessions,
  markStale,
  markViews,
  type NewView,
  storeWatchSessions,
  type WatchedVideo,
  type WatchSessionRow,
} from "#lib/db/queries/analytics/watch-sessions.ts";
import { markQuiet } from "#lib/db/queries/instance/quiet-transactions.ts";
import { utcDay } from "#lib/usage/utc-day.ts";

/** Views of strangers behind one address that are counted of a video on a day: an office, not a farm of browsers. */
const viewsPerAddress = 24;

/** Sessions end after a day, and raw facts go two days after theirs (lib/analytics/roll-up.ts). */
const mostAgeMs = 1.5 * ticketLifetimeMs;

/** What a session reported since it was last written, in order of arrival. */
export type WaitingSession = {
  videoId: string;
  ticket: WatchTicket;
  source: WatchReport["source"];
  beats: Beat[];
};

/** A report as the meter keeps it. */
export const beatOf = (report: WatchReport, arrivedAtMs: number): Beat => {
  const { seq, playedMs, ranges, startupMs, stalls } = report;
  return {
    ...{ seq, arrivedAtMs, playedMs, ranges, startupMs, stalls: stalls.count, stallMs: stalls.ms },
    renditions: Object.fromEntries(report.renditions.map(({ height, ms }) => [String(height), ms])),
    errors: Object.fromEntries(report.errors.map(({ code, count }) => [code, count])),
  };
};

const hex = (text: string) => Buffer.from(text, "hex");

/** A session before its first report. */
const begun = ({ videoId, ticket, source }: WaitingSession, durationMs: number): WatchSessionRow => ({
  id: ticket.sessionId,
  videoId,
  day: utcDay(new Date(ticket.issuedAtMs)),
  viewerKey: hex(ticket.viewerKey),
  addressKey: ticket.addressKey === null ? null : hex(ticket.addressKey),
  issuedAt: new Date(ticket.issuedAtMs),
  reportedAt: new Date(ticket.issuedAtMs),
  ...{ source: source.kind, sourceHost: source.host, device: ticket.device, browser: ticket.browser },
  ...{ seq: 0, beats: 0, playedMs: 0, watched: [], bucketCount: bucketCountOf(durationMs) },
  ...{ startupMs: null, stalls: 0, stallMs: 0, renditions: {}, errors: {}, counted: false },
});

const stateOf = (row: WatchSessionRow): WatchState => ({
  ...row,
  issuedAtMs: row.issuedAt.getTime(),
  reportedAtMs: row.reportedAt.getTime(),
});

/** The row after the reports that waited for it. */
const advanced = (row: WatchSessionRow, { beats, durationMs }: { beats: readonly Beat[]; durationMs: number }) => {
  const state = beats.reduce((last, beat) => takeBeat(last, { beat, durationMs }), stateOf(row));
  const { seq, beats: taken, playedMs, startupMs, stalls, stallMs, renditions, errors } = state;
  return {
    ...row,
    ...{ seq, beats: taken, playedMs, startupMs, stalls, stallMs, renditions, errors },
    watched: [...state.watched],
    reportedAt: new Date(state.reportedAtMs),
  };
};

const scored = (views: readonly NewView[], atMs: number) =>
  [...Map.groupBy(views, ({ videoId }) => videoId)].map(([videoId, { length }]) => ({
    ...{ videoId, views: length, score: scoreOfViews({ views: length, atMs }) },
  }));

const keyOf = ({ videoId, day, viewerKey }: NewView) => `${videoId} ${day} ${viewerKey.toString("hex")}`;

/** Marks the session of each newly counted view; of several sessions of one viewer the first one has it. */
const withCounted = (rows: readonly WatchSessionRow[], views: readonly NewView[]): WatchSessionRow[] => {
  const left = new Set(views.map(keyOf));
  return rows.map((row) => (!row.counted && left.delete(keyOf(row)) ? { ...row, counted: true } : row));
};

/**
 * Takes what sessions reported, all in one transaction: believes what it can, counts views and says which days' sums are
 * stale. Reports that were taken before change nothing, so a batch may come again. What was deleted or taken down
 * meanwhile is left out. Throws `unavailable` when the database cannot be reached.
 */
export const takeReports = (sessions: readonly WaitingSession[]): Promise<void> =>
  transaction(async (tx) => {
    const videoIds = [...new Set(sessions.map(({ videoId }) => videoId))];
    const found = await findWatchedVideos(tx, videoIds);
    const videos = new Map<string, WatchedVideo>(found.filter(({ gone }) => !gone).map((video) => [video.id, video]));
    const durationOf = (videoId: string) => videos.get(videoId)?.durationMs ?? 0;
    // What waited so long for a database that its day may be summed up for good comes too late.
    const oldestMs = Date.now() - mostAgeMs;
    const taken = sessions.filter(({ videoId, ticket }) => videos.has(videoId) && ticket.issuedAtMs > oldestMs);
    const waiting = new Map(taken.map((session) => [session.ticket.sessionId, session.beats]));
    const held = await holdWatchSessions(
      tx,
      taken.map((session) => begun(session, durationOf(session.videoId))),
    );
    const moved = held
      .map((row) => ({
        before: row,
        after: advanced(row, { beats: waiting.get(row.id) ?? [], durationMs: durationOf(row.videoId) }),
      }))
      .filter(({ before, after }) => after.seq !== before.seq)
      .map(({ after }) => after);
    const ripe = moved.filter((row) => !row.counted && isView(row, durationOf(row.videoId)));
    const views = ripe.map(({ videoId, day, viewerKey, addressKey }) => ({ videoId, day, viewerKey, addressKey }));
    const fresh = await markViews(tx, { views, perAddress: viewsPerAddress });
    await storeWatchSessions(tx, [...withCounted(ripe, fresh), ...moved.filter((row) => !ripe.includes(row))]);
    await addViews(tx, scored(fresh, Date.now()));
    await markStale(tx, moved);
    // Sessions are told to nobody; views that were counted are.
    if (fresh.length === 0) await markQuiet(tx);
  });
