import { soundChannels } from "#lib/media/encode/sound-channels.ts";
import { trackName } from "#lib/media/encode/track-name.ts";
import type { Plan } from "#lib/media/plan/plan.ts";
import { plannedTargetSeconds } from "#lib/media/plan/planned-target.ts";
import { expectedCodecs } from "#lib/media/playlists/expected-codecs.ts";
import { type LiveRendition, type LiveRun, liveRendition } from "#lib/media/playlists/live-renditions.ts";
import { groupTracks, hasSound, type PlannedVariant, plannedVariants } from "#lib/media/playlists/live-variants.ts";
import type { Bandwidth } from "#lib/media/playlists/measurements.ts";
import {
  type AudioGroup,
  type AudioRendition,
  mediaPlaylist,
  multivariantPlaylist,
  type Variant,
} from "#lib/media/playlists/playlists.ts";
import { toNumber } from "#lib/media/rational.ts";

/** Addresses inside playlists: of media playlists relative to the run, of segments relative to their playlist. */
export type LiveNames = {
  playlist: (rendition: string) => string;
  init: string;
  segment: (index: number) => string;
};

/** Which multivariant playlist: of what can be played now, or of everything that the plan names. */
export type LiveScope = "now" | "planned";

const aac = "mp4a.40.2";

/** Capped CRF stays well below its cap on most material. */
const usualShareOfCap = 0.6;

const expectedBandwidth = (maxrateKbps: number): Bandwidth => ({
  peak: maxrateKbps * 1000,
  average: Math.round(maxrateKbps * 1000 * usualShareOfCap),
});

type Look = { run: LiveRun; names: LiveNames; of: (rendition: string) => LiveRendition };

const lookAt = (run: LiveRun, names: LiveNames): Look => {
  const seen = new Map<string, LiveRendition>();
  const of = (rendition: string) => {
    const known = seen.get(rendition) ?? liveRendition({ run, rendition });
    seen.set(rendition, known);
    return known;
  };
  return { run, names, of };
};

const variantOf = ({ run, names, of }: Look, variant: PlannedVariant): Variant => {
  const { rendition, width, height, group } = variant;
  const framesPerSecond = toNumber(run.plan.grid.frameRate);
  const cap = run.plan.rungs.find(({ name }) => name === rendition)?.maxrateKbps ?? 0;
  const measured = of(rendition).measured ?? {
    codecs: expectedCodecs({ width, height, framesPerSecond }),
    bandwidth: expectedBandwidth(cap),
  };
  return { uri: names.playlist(rendition), width, height, framesPerSecond, ...measured, audioGroup: group };
};

const audioOf = ({ run, names, of }: Look, group: AudioGroup): (AudioRendition & { begun: boolean })[] =>
  groupTracks(run.plan, group).map(({ rendition, track }) => {
    const live = of(rendition);
    const measured = live.measured ?? {
      codecs: aac,
      bandwidth: { peak: track.kbps * 1000, average: track.kbps * 1000 },
    };
    return {
      ...{ group, uri: names.playlist(rendition), name: trackName(track), language: track.language },
      ...{ isDefault: track.isDefault, channels: soundChannels(track), ...measured, begun: live.segments.length > 0 },
    };
  });

const groupsOf = (variants: readonly PlannedVariant[]): AudioGroup[] => [
  ...new Set(variants.map(({ group }) => group)),
];

/**
 * The multivariant playlist of a run that goes on. `now` lists only what can be played at this moment, so that any client
 * may read it; `planned` lists everything, with estimates until there is something to measure, for a player that asks
 * the API what of it is there.
 */
export const liveMultivariant = (input: { run: LiveRun; names: LiveNames; scope: LiveScope }): string => {
  const { run, names, scope } = input;
  const look = lookAt(run, names);
  const begun = (rendition: string) => look.of(rendition).segments.length > 0;
  const variants = plannedVariants(run.plan);
  const isThere = ({ rendition, group }: PlannedVariant) =>
    begun(rendition) && hasSound({ plan: run.plan, group, begun });
  const there = variants.filter(isThere);
  const later = scope === "now" ? [] : variants.filter((variant) => !isThere(variant));
  const audio = groupsOf([...there, ...later]).flatMap((group) => audioOf(look, group));
  return multivariantPlaylist({
    variants: there.map((variant) => variantOf(look, variant)),
    later: later.map((variant) => variantOf(look, variant)),
    audio: audio.filter((track) => scope === "planned" || track.begun),
  });
};

/** Every rendition that has a playlist of its own. */
const playedRenditions = (plan: Plan): Set<string> =>
  new Set([
    ...plannedVariants(plan).map(({ rendition }) => rendition),
    ...groupsOf(plannedVariants(plan)).flatMap((group) => groupTracks(plan, group).map(({ rendition }) => rendition)),
  ]);

/**
 * The media playlist of a rendition of a run that goes on, or null when nothing of it is there yet or the plan has no
 * such rendition: a list without segments would be a fault to players.
 */
export const liveMediaPlaylist = (input: { run: LiveRun; names: LiveNames; rendition: string }): string | null => {
  const { run, names, rendition } = input;
  if (!playedRenditions(run.plan).has(rendition)) return null;
  const live = liveRendition({ run, rendition });
  if (live.segments.length === 0) return null;
  return mediaPlaylist({
    targetSeconds: plannedTargetSeconds(run.plan),
    initUri: names.init,
    segments: live.segments.map(({ seconds }, index) => ({ uri: names.segment(index), seconds })),
    growth: live.state === "whole" ? "vod" : live.state === "grown" ? "event-ended" : "event",
  });
};
