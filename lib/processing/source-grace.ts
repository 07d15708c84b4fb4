/**
 * How long the source rung of a run can still be had after encoded rungs took its place: players that began with it
 * hold its playlist until they end.
 */
export const sourceGraceSeconds = 6 * 3600;
