import type { ReactNode } from "react";
import { AdminShell } from "#components/admin/admin-shell.tsx";
import { SiteShell } from "../../(site)/site-shell.tsx";
import { adminGate } from "./admin-gate.ts";

/** The frame of the admin area; for admins only, like each of its pages. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  await adminGate();
  return (
    <SiteShell rail="admin" namespaces={["admin", "usage"]}>
      <AdminShell>{children}</AdminShell>
    </SiteShell>
  );
}
