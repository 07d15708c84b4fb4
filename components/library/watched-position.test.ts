import { describe, expect, it } from "vitest";
import { WatchedPosition } from "#components/library/watched-position.ts";

const watched = (seconds: readonly number[]) => {
  const position = new WatchedPosition();
  for (const atSeconds of seconds) position.plays({ atSeconds, loaded: true });
  return position;
};

describe("WatchedPosition", () => {
  it("tells nothing of a short look, nor of jumps", () => {
    expect(watched([0, 0.5, 1, 1.5]).takeNews()).toBeNull();
    expect(watched([0, 60, 120, 180]).takeNews()).toBeNull();
  });

  it("tells each position once", () => {
    const position = watched([10, 11, 12, 13, 14]);
    expect(position.takeNews()).toBe(14_000);
    expect(position.takeNews()).toBeNull();
    position.plays({ atSeconds: 14.25, loaded: true });
    expect(position.takeNews()).toBe(14_250);
  });

  it("knows where one was when the stream has been taken off its element", () => {
    const position = watched([10, 11, 12, 13, 14]);
    position.stands({ atSeconds: 0, loaded: false });
    position.plays({ atSeconds: 0, loaded: false });
    expect(position.takeNews()).toBe(14_000);
  });

  it("takes over where one went while it stood", () => {
    const position = watched([10, 11, 12, 13, 14]);
    position.stands({ atSeconds: 40, loaded: true });
    expect(position.takeNews()).toBe(40_000);
    position.stands({ atSeconds: 0, loaded: true });
    expect(position.takeNews()).toBe(0);
  });
});
