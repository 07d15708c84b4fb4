import { redirect } from "next/navigation";
import type { Account } from "#lib/accounts/viewer.ts";
import { currentViewer } from "#lib/web/identity/current-viewer.ts";

/** Who looks at a page of the settings. Whoever is not signed in goes to do so, and comes back to `address`. */
export const accountGate = async (address: string): Promise<Account> => {
  const viewer = await currentViewer();
  if (viewer === null) redirect(`/login?next=${encodeURIComponent(address)}`);
  return viewer;
};
