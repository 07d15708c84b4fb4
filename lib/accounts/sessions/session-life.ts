import type { SessionLife } from "#lib/db/queries/accounts/sessions.ts";

const day = 24 * 3600;

/** A browser's session: a week after its last use, and a quarter of a year at most. */
export const browserLife: SessionLife = { idleSeconds: 7 * day, mostSeconds: 90 * day };

/** A program's session lives by its refresh tokens: thirty days after the last one, and a quarter of a year at most. */
export const programLife: SessionLife = { idleSeconds: 30 * day, mostSeconds: 90 * day };
