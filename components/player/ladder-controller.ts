import type Hls from "hls.js";
import { AbrController, type Events, type FragLoadingData, type HlsConfig } from "hls.js";
import { type Ladder, pickRung, type Rung } from "#components/player/ladder.ts";

/** What the controller reads each time it decides; whoever opened the stream changes it. */
export type LadderChoice = {
  ladder: Ladder;
  /** In the order of hls.js' levels. */
  rungs: readonly Rung[];
  /** A quality that was chosen by hand, or null. */
  chosen: string | null;
};

/**
 * hls.js' choice by bandwidth, kept to the rungs that are there: while a run goes on the playlist names every planned rung,
 * and only part of them can be loaded at a given second. A choice by hand goes the same way (hls.js itself stays on
 * automatic), so that it gives way where its rung ends and comes back where it is there again.
 */
export const ladderController = (choice: LadderChoice): HlsConfig["abrController"] =>
  class LadderController extends AbrController {
    #kept(wanted: number): number {
      // hls.js takes the reference away when the stream is closed, whatever its type says.
      const hls = this.hls as Hls | null;
      if (hls === null || choice.rungs.length === 0) return wanted;
      const loaded = hls.mainForwardBufferInfo;
      const loadedTo = loaded !== null && loaded.len > 0 ? loaded.end : (hls.media?.currentTime ?? 0);
      const bandwidth = this.bwEstimator.canEstimate() ? this.bwEstimator.getEstimate() : null;
      return pickRung({ ...choice, wanted, current: hls.loadLevel, bandwidth, loadedTo });
    }

    override get nextAutoLevel(): number {
      return this.#kept(super.nextAutoLevel);
    }

    override set nextAutoLevel(level: number) {
      super.nextAutoLevel = level;
    }

    override get firstAutoLevel(): number {
      return this.#kept(super.firstAutoLevel);
    }

    // Giving a slow segment up makes sense only where another rung would be loaded instead.
    protected override onFragLoading(event: Events.FRAG_LOADING, data: FragLoadingData): void {
      super.onFragLoading(event, data);
      if (choice.rungs.length > 0 && this.#kept(this.hls.minAutoLevel) === data.frag.level) this.clearTimer();
    }
  };
