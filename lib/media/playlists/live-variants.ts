import type { AudioPlan, Plan } from "#lib/media/plan/plan.ts";
import type { AudioGroup } from "#lib/media/playlists/playlists.ts";

/** A sound that goes with a picture: its rendition, and the track of the file that it is. */
export type GroupTrack = { rendition: string; track: AudioPlan };

const ownSound = "source-";

/**
 * Which group of sounds goes with the source variant: its own when some of its sound fits no other picture (Opus beside
 * VP9), else the one that all share.
 */
export const sourceAudioGroup = ({ source }: Plan): AudioGroup =>
  source?.audio.some(({ rendition }) => rendition.startsWith(ownSound)) === true ? "source" : "audio";

/** The sounds of a group, in the order of the file's tracks. */
export const groupTracks = (plan: Plan, group: AudioGroup): GroupTrack[] =>
  plan.audio.map((track) => {
    const own = `${ownSound}${track.rendition}`;
    const packaged = group === "source" && plan.source?.audio.some(({ rendition }) => rendition === own) === true;
    return { rendition: packaged ? own : track.rendition, track };
  });

/** A picture of the run and the sounds that go with it. */
export type PlannedVariant = { rendition: string; width: number; height: number; group: AudioGroup };

/** Every picture that a run offers or will offer, smallest first, the source last. */
export const plannedVariants = (plan: Plan): PlannedVariant[] => [
  ...plan.rungs.map(({ name, width, height }) => ({ rendition: name, width, height, group: "audio" as const })),
  ...(plan.source === null
    ? []
    : [
        {
          rendition: plan.source.video.rendition,
          width: plan.source.width,
          height: plan.source.height,
          group: sourceAudioGroup(plan),
        },
      ]),
];

/**
 * Whether something can be watched: a picture has begun, and so has the sound that plays with it unless told otherwise.
 * `begun` says of a rendition whether its first segment can be read.
 */
export const isPlayable = ({ plan, begun }: { plan: Plan; begun: (rendition: string) => boolean }): boolean =>
  plannedVariants(plan).some((variant) => begun(variant.rendition) && hasSound({ plan, group: variant.group, begun }));

/** Whether a group's default sound has begun; true for a file without sound. */
export const hasSound = (input: { plan: Plan; group: AudioGroup; begun: (rendition: string) => boolean }): boolean => {
  const tracks = groupTracks(input.plan, input.group);
  const main = tracks.find(({ track }) => track.isDefault) ?? tracks[0];
  return main === undefined || input.begun(main.rendition);
};
