import { env } from "#lib/env.ts";

/**
 * Whole address of a place of this site (`/watch/…`) for texts that leave it. It comes from the configuration and never
 * from a request: whoever asks for a mail must not decide where its links lead.
 */
export const siteAddress = (path: string): string => {
  const { publicUrl, port } = env();
  return `${publicUrl ?? `http://localhost:${port}`}${path}`;
};
