import type { AudioPlan } from "#lib/media/plan/plan.ts";

/** Channels of a track's rendition: mono stays mono, surround that is encoded becomes stereo. */
export const soundChannels = ({ mode, channels }: Pick<AudioPlan, "mode" | "channels">): number =>
  mode === "encode" ? Math.min(2, Math.max(1, channels)) : Math.max(1, channels);
