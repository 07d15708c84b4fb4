import { redirect } from "next/navigation";
import type { Account } from "#lib/accounts/viewer.ts";
import { currentViewer } from "#lib/web/identity/current-viewer.ts";

/** Whoever is signed in; strangers go to the log-in and come back to `path`. */
export const signedInFor = async (path: string): Promise<Account> => {
  const viewer = await currentViewer();
  if (viewer === null) redirect(`/login?next=${encodeURIComponent(path)}`);
  return viewer;
};
