import type { Plan } from "#lib/media/plan/plan.ts";

/** A stored plan when this version of Kinora can read it, else null: there is none yet, or it is of another version. */
export const knownPlan = (stored: unknown): Plan | null =>
  // A plan is written by one function only and carries its version: its shape is checked by that.
  typeof stored === "object" && stored !== null && "version" in stored && stored.version === 2
    ? (stored as Plan)
    : null;
