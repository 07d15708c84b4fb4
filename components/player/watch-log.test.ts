import { describe, expect, it } from "vitest";
import { addRange, WatchLog } from "#components/player/watch-log.ts";

/** A player on a clock of its own. */
const player = () => {
  const log = new WatchLog();
  const at = { nowMs: 1000, positionMs: 0, rate: 1, height: 720 };
  const look = () => ({ ...at });
  return {
    log,
    at,
    start: (afterMs: number) => {
      log.wish(at.nowMs);
      at.nowMs += afterMs;
      log.playing(look());
    },
    /** Plays on, with a look each quarter of a second. */
    play: (ms: number) => {
      for (let left = ms; left > 0; left -= 250) {
        const step = Math.min(250, left);
        at.nowMs += step;
        at.positionMs += step * at.rate;
        log.look(look());
      }
    },
    wait: (ms: number) => {
      log.waiting(look());
      at.nowMs += ms;
      log.playing(look());
    },
    seek: (toMs: number, ms = 300) => {
      log.seeking(at.nowMs);
      at.positionMs = toMs;
      log.waiting(look());
      at.nowMs += ms;
      log.playing(look());
    },
    pause: () => log.stopped(look()),
  };
};

describe("what was played", () => {
  it("is the time that the picture moved, with the parts that were seen", () => {
    const { log, start, play, pause, at } = player();
    start(420);
    play(10_100);
    pause();
    at.nowMs += 60_000;
    log.playing({ ...at });
    play(900);
    expect(log.takeNews()).toEqual({
      ...{ playedMs: 11_000, ranges: [{ fromMs: 0, toMs: 11_000 }], startupMs: 420, stalls: { count: 0, ms: 0 } },
      ...{ renditions: [{ height: 720, ms: 11_000 }], errors: [] },
    });
  });

  it("leaves out what was jumped over, and counts twice what was seen twice", () => {
    const { log, start, play, seek } = player();
    start(100);
    play(5_000);
    seek(60_000);
    play(2_000);
    seek(1_000);
    play(1_000);
    expect(log.takeNews()).toMatchObject({
      playedMs: 8_000,
      ranges: [
        { fromMs: 0, toMs: 5_000 },
        { fromMs: 60_000, toMs: 62_000 },
      ],
      stalls: { count: 0, ms: 0 },
    });
  });

  it("goes on after a seek also where the browser does not say that it plays again", () => {
    const { log, start, play, at } = player();
    start(100);
    play(1_000);
    log.seeking(at.nowMs);
    at.positionMs = 30_000;
    at.nowMs += 50;
    log.seeked({ ...at });
    play(1_000);
    expect(log.takeNews()?.ranges).toEqual([
      { fromMs: 0, toMs: 1_000 },
      { fromMs: 30_000, toMs: 31_000 },
    ]);
  });

  it("is video time at any speed, and no jump that nobody told of", () => {
    const { log, start, play, at } = player();
    start(100);
    at.rate = 2;
    play(10_000);
    at.positionMs += 50_000;
    at.nowMs += 250;
    log.look({ ...at });
    play(500);
    expect(log.takeNews()).toMatchObject({ playedMs: 21_000, renditions: [{ height: 720, ms: 21_000 }] });
  });

  it("is divided by the height of the picture", () => {
    const { log, start, play, at } = player();
    start(100);
    play(1_000);
    at.height = 1080;
    play(3_000);
    expect(log.takeNews()?.renditions).toEqual([
      { height: 1080, ms: 3_000 },
      { height: 720, ms: 1_000 },
    ]);
  });
});

describe("waits", () => {
  it("in the middle are stalls; before the first picture and after a seek they are none", () => {
    const { log, start, play, wait, seek, at } = player();
    log.wish(at.nowMs);
    log.waiting({ ...at });
    start(900);
    play(1_000);
    wait(700);
    play(1_000);
    seek(30_000, 2_000);
    play(1_000);
    wait(300);
    expect(log.takeNews()).toMatchObject({ startupMs: 900, stalls: { count: 2, ms: 1_000 } });
  });

  it("end with a pause or a seek", () => {
    const { log, start, play, seek, pause, at } = player();
    start(100);
    play(1_000);
    log.waiting({ ...at });
    at.nowMs += 500;
    pause();
    at.nowMs += 60_000;
    log.playing({ ...at });
    play(250);
    log.waiting({ ...at });
    at.nowMs += 400;
    seek(10_000, 5_000);
    expect(log.takeNews()?.stalls).toEqual({ count: 2, ms: 900 });
  });
});

describe("news", () => {
  it("are told once", () => {
    const { log, start, play, pause } = player();
    start(100);
    play(1_000);
    expect(log.takeNews()).not.toBeNull();
    pause();
    expect(log.takeNews()).toBeNull();
    log.fault("network");
    log.fault("network");
    expect(log.takeNews()?.errors).toEqual([{ code: "network", count: 2 }]);
  });
});

describe("ranges", () => {
  it("join where they touch, and the shortest gives way when there are too many", () => {
    const joined = [
      { fromMs: 0, toMs: 100 },
      { fromMs: 1_000, toMs: 1_100 },
    ];
    expect(addRange(joined, { fromMs: 150, toMs: 900 })).toEqual([{ fromMs: 0, toMs: 1_100 }]);
    let ranges: { fromMs: number; toMs: number }[] = [];
    for (let index = 0; index < 250; index += 1) {
      ranges = addRange(ranges, { fromMs: index * 10_000, toMs: index * 10_000 + 1_000 + index });
    }
    expect(ranges).toHaveLength(200);
    expect(ranges[0]).toEqual({ fromMs: 500_000, toMs: 501_050 });
  });
});
