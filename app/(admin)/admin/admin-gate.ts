import { notFound } from "next/navigation";
import type { Account } from "#lib/accounts/viewer.ts";
import { currentViewer } from "#lib/web/identity/current-viewer.ts";

/** The admin who looks at a page. For everybody else there is no such page. */
export const adminGate = async (): Promise<Account> => {
  const viewer = await currentViewer();
  if (viewer?.role !== "admin") notFound();
  return viewer;
};
