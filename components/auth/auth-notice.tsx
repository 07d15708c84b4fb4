import type { ReactNode } from "react";
import { AuthPanel } from "#components/auth/auth-panel.tsx";

/** A page of the account forms that has nothing to fill in: what is the matter, and the ways on. */
export const AuthNotice = ({ title, text, children }: { title: string; text: string; children: ReactNode }) => (
  <AuthPanel title={title} text={text}>
    <div className="flex flex-wrap items-center gap-3">{children}</div>
  </AuthPanel>
);
