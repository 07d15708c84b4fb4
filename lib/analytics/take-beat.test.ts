import { describe, expect, it } from "vitest";
import { type Beat, isView, takeBeat, type WatchState } from "#lib/analytics/take-beat.ts";

const opened: WatchState = {
  ...{ issuedAtMs: 0, reportedAtMs: 0, seq: 0, beats: 0, playedMs: 0, watched: [], bucketCount: 100 },
  ...{ startupMs: null, stalls: 0, stallMs: 0, renditions: {}, errors: {} },
};
const durationMs = 600_000;
const second = 1000;

/** A report at a moment that claims to have played from the start up to a second. */
const beat = (seq: number, atSeconds: number, playedSeconds: number, more: Partial<Beat> = {}): Beat => ({
  ...{ seq, arrivedAtMs: atSeconds * second, playedMs: playedSeconds * second },
  ...{ ranges: [{ fromMs: 0, toMs: playedSeconds * second }], startupMs: 400, stalls: 0, stallMs: 0 },
  ...{ renditions: { 720: playedSeconds * second }, errors: {}, ...more },
});
const stateAfter = (beats: readonly Beat[], length = durationMs) =>
  beats.reduce((state, one) => takeBeat(state, { beat: one, durationMs: length }), opened);

describe("a session", () => {
  it("is a view when thirty seconds were played while thirty seconds passed", () => {
    const watching = [beat(1, 0.5, 0), beat(2, 15, 14), beat(3, 30, 29)];
    expect(isView(stateAfter(watching), durationMs)).toBe(false);
    const state = stateAfter([...watching, beat(4, 45, 44)]);
    expect(state).toMatchObject({ playedMs: 44_000, beats: 4, startupMs: 400, renditions: { 720: 44_000 } });
    expect(state.watched).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(isView(state, durationMs)).toBe(true);
  });

  it("is a view of a short video when half of it was played, but not by one report", () => {
    expect(isView(stateAfter([beat(1, 8, 4)], 8_000), 8_000)).toBe(false);
    expect(isView(stateAfter([beat(1, 0.5, 0), beat(2, 5, 4)], 8_000), 8_000)).toBe(true);
    expect(isView(stateAfter([beat(1, 0.5, 0), beat(2, 5, 3.9)], 8_000), 8_000)).toBe(false);
  });

  it("is believed at twice the speed and no faster", () => {
    expect(stateAfter([beat(1, 0.5, 0), beat(2, 15.5, 30)]).playedMs).toBe(30_000);
    expect(stateAfter([beat(1, 0.5, 0), beat(2, 15.5, 600)]).playedMs).toBe(30_000);
  });

  it("is not believed to have played before anybody saw it play, nor through a long silence", () => {
    expect(stateAfter([beat(1, 3600, 3600)]).playedMs).toBe(5_000);
    expect(stateAfter([beat(1, 1, 0), beat(2, 3600, 3600)]).playedMs).toBe(180_000);
  });

  it("gains nothing by many reports at once", () => {
    const storm = Array.from({ length: 1000 }, (_, index) => beat(index + 1, 1 + index / 1000, index));
    const state = stateAfter(storm);
    expect(state.playedMs).toBeLessThanOrEqual(4_000);
    expect(state.beats).toBeLessThanOrEqual(2);
    expect(isView(state, durationMs)).toBe(false);
  });

  it("changes nothing when a report comes again or too late", () => {
    const state = stateAfter([beat(1, 0.5, 0), beat(2, 15, 14), beat(3, 30, 29)]);
    expect(takeBeat(state, { beat: beat(3, 60, 59), durationMs })).toBe(state);
    expect(takeBeat(state, { beat: beat(2, 60, 59), durationMs })).toBe(state);
    expect(takeBeat(state, { beat: beat(4, 29, 59), durationMs })).toBe(state);
  });

  it("makes up for a lost report", () => {
    expect(stateAfter([beat(1, 0.5, 0), beat(4, 45, 44)])).toEqual({
      ...stateAfter([beat(1, 0.5, 0), beat(2, 15, 14), beat(3, 30, 29), beat(4, 45, 44)]),
      beats: 2,
    });
  });

  it("has seen no more of the video than it played, and no other quality", () => {
    const claims = { ranges: [{ fromMs: 0, toMs: durationMs }], renditions: { 2160: 600_000 } };
    const state = stateAfter([beat(1, 0.5, 0), beat(2, 15.5, 600, claims)]);
    expect(state.watched).toEqual([]);
    expect(state.renditions).toEqual({ 2160: 30_000 });
  });

  it("cannot have waited longer than it was open", () => {
    expect(stateAfter([beat(1, 2, 0, { startupMs: 90_000, stallMs: 90_000, stalls: 1 })])).toMatchObject({
      ...{ startupMs: 2_000, stallMs: 2_000, stalls: 1 },
    });
  });
});
