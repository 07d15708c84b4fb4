/** A stretch of the video that was played, in milliseconds of the video. */
export type LoggedRange = { fromMs: number; toMs: number };

/** What a player has played so far, as sums. */
export type WatchSums = {
  playedMs: number;
  ranges: readonly LoggedRange[];
  startupMs: number | null;
  stalls: { count: number; ms: number };
  renditions: readonly { height: number; ms: number }[];
  errors: readonly { code: string; count: number }[];
};

/** A look at the player: the page's clock, where the playhead is, how fast it goes, the short side of the picture. */
export type Look = { nowMs: number; positionMs: number; rate: number; height: number };

/** Ranges nearer than this are one: looks are taken a quarter of a second apart. */
const joinMs = 300;
const mostRanges = 200;
/** How much farther than the clock allows a playhead may have come between two looks; beyond it somebody jumped. */
const slackMs = 750;

/** Adds a stretch to sorted ranges that do not touch; the shortest one gives way when there are too many. */
export const addRange = (ranges: readonly LoggedRange[], added: LoggedRange): LoggedRange[] => {
  const apart = ranges.filter(({ fromMs, toMs }) => toMs < added.fromMs - joinMs || fromMs > added.toMs + joinMs);
  const near = ranges.filter((range) => !apart.includes(range));
  const joined = {
    fromMs: Math.min(added.fromMs, ...near.map(({ fromMs }) => fromMs)),
    toMs: Math.max(added.toMs, ...near.map(({ toMs }) => toMs)),
  };
  const all = [...apart, joined].sort((one, other) => one.fromMs - other.fromMs);
  if (all.length <= mostRanges) return all;
  const length = ({ fromMs, toMs }: LoggedRange) => toMs - fromMs;
  const shortest = all.reduce((least, range) => (length(range) < length(least) ? range : least));
  return all.filter((range) => range !== shortest);
};

const addTo = <Key>(sums: Map<Key, number>, key: Key, amount: number) => sums.set(key, (sums.get(key) ?? 0) + amount);

/** Keeps account of what one player plays. It reads no clock and no element: it is told. */
export class WatchLog {
  #playedMs = 0;
  #ranges: LoggedRange[] = [];
  #wishedAt: number | null = null;
  #startupMs: number | null = null;
  #stallCount = 0;
  #stallMs = 0;
  #stalledAt: number | null = null;
  #seeking = false;
  readonly #renditions = new Map<number, number>();
  readonly #errors = new Map<string, number>();
  /** Where the playhead was at the last look, while it plays. */
  #last: { nowMs: number; positionMs: number } | null = null;
  #told = "";

  /** Somebody wants to play. */
  wish(nowMs: number): void {
    this.#wishedAt ??= nowMs;
  }

  /** The picture moves, for the first time or again. */
  playing(look: Look): void {
    this.#startupMs ??= Math.round(look.nowMs - (this.#wishedAt ?? look.nowMs));
    this.#endStall(look.nowMs);
    this.#seeking = false;
    this.#last = { nowMs: look.nowMs, positionMs: look.positionMs };
  }

  /** The picture waits. What comes of a seek, or before the first picture, is no stall. */
  waiting(look: Look): void {
    this.look(look);
    this.#last = null;
    if (this.#startupMs === null || this.#seeking || this.#stalledAt !== null) return;
    this.#stallCount += 1;
    this.#stalledAt = look.nowMs;
  }

  /** The playhead is sent elsewhere; a stall that was going on ends with it. */
  seeking(nowMs: number): void {
    this.#endStall(nowMs);
    this.#seeking = true;
    this.#last = null;
  }

  /** The playhead is where it was sent, and goes on from there; not every browser says that it plays again. */
  seeked(look: Look): void {
    this.#seeking = false;
    if (this.#startupMs !== null) this.#last = { nowMs: look.nowMs, positionMs: look.positionMs };
  }

  /** Nothing plays any more: a pause, the end, a fault. */
  stopped(look: Look): void {
    this.look(look);
    this.#endStall(look.nowMs);
    this.#last = null;
  }

  /** A fault that kept it from playing. */
  fault(code: string): void {
    addTo(this.#errors, code, 1);
  }

  /** Counts what was played since the last look. A playhead that came farther than time allows was moved. */
  look({ nowMs, positionMs, rate, height }: Look): void {
    const last = this.#last;
    if (last === null) return;
    this.#last = { nowMs, positionMs };
    const movedMs = positionMs - last.positionMs;
    if (movedMs <= 0 || movedMs > (nowMs - last.nowMs) * Math.max(rate, 0) + slackMs) return;
    this.#playedMs += movedMs;
    this.#ranges = addRange(this.#ranges, { fromMs: last.positionMs, toMs: positionMs });
    if (height > 0) addTo(this.#renditions, height, movedMs);
  }

  #endStall(nowMs: number): void {
    if (this.#stalledAt === null) return;
    this.#stallMs += nowMs - this.#stalledAt;
    this.#stalledAt = null;
  }

  /** How often and for how long the picture has waited, those that have ended. */
  get stalls(): WatchSums["stalls"] {
    return { count: this.#stallCount, ms: Math.round(this.#stallMs) };
  }

  /** The sums so far, in whole milliseconds; null when they are those of the last time. */
  takeNews(): WatchSums | null {
    const whole = Math.round;
    const sums: WatchSums = {
      playedMs: whole(this.#playedMs),
      ranges: this.#ranges.map(({ fromMs, toMs }) => ({ fromMs: whole(fromMs), toMs: whole(toMs) })),
      startupMs: this.#startupMs,
      stalls: this.stalls,
      renditions: [...this.#renditions]
        .map(([height, ms]) => ({ height, ms: whole(ms) }))
        .sort((one, other) => other.ms - one.ms)
        .slice(0, 20),
      errors: [...this.#errors].map(([code, count]) => ({ code, count })),
    };
    const told = JSON.stringify(sums);
    if (told === this.#told) return null;
    this.#told = told;
    return sums;
  }
}
