/** Who looked in for less than this has not watched. */
const leastSeconds = 3;
/** A jump is not watched. */
const longestStepSeconds = 2;

/** A look at a player: where it is, and whether it knows that. */
export type PlayerLook = {
  atSeconds: number;
  /** False before anything is loaded, and again when the stream was taken off its element: then it stands at 0. */
  loaded: boolean;
};

/** Where somebody is in a video, for going on there later. It reads no clock and no element: it is told. */
export class WatchedPosition {
  #played = 0;
  #last: number | null = null;
  #at: number | null = null;
  #told: number | null = null;

  /** While it plays. */
  plays({ atSeconds, loaded }: PlayerLook): void {
    if (!loaded) return;
    const passed = this.#last === null ? 0 : atSeconds - this.#last;
    if (passed > 0 && passed < longestStepSeconds) this.#played += passed;
    this.#last = atSeconds;
    this.#at = atSeconds;
  }

  /** At a pause, and when the page goes: it may have been sent elsewhere since. */
  stands({ atSeconds, loaded }: PlayerLook): void {
    if (loaded && this.#at !== null) this.#at = atSeconds;
  }

  /** The position in milliseconds when there is one to tell that was not told yet, else null. */
  takeNews(): number | null {
    if (this.#at === null || this.#played < leastSeconds) return null;
    const positionMs = Math.round(this.#at * 1000);
    if (positionMs === this.#told) return null;
    this.#told = positionMs;
    return positionMs;
  }
}
