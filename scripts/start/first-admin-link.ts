import { ensureFirstAdmin } from "#lib/accounts/first-admin.ts";

/**
 * Makes or keeps the first admin, and returns the whole address of the one-time set-up page when nobody is one yet, else
 * null. `siteAddress` has no trailing slash.
 */
export const firstAdminLink = async (siteAddress: string): Promise<string | null> => {
  const link = await ensureFirstAdmin();
  return link === null ? null : `${siteAddress}${link.setupPath}`;
};
