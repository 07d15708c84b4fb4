import { Clapperboard } from "lucide-react";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { buttonClass } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import type { Account } from "#lib/accounts/viewer.ts";
import { currentViewer } from "#lib/web/identity/current-viewer.ts";

/** Draws a studio page for those who may upload; strangers go to sign in, viewers are told how to become creators. */
export const creatorGate = async ({
  address,
  draw,
}: {
  /** Where to come back to after signing in. */
  address: string;
  draw: (account: Account) => Promise<ReactNode>;
}): Promise<ReactNode> => {
  const viewer = await currentViewer();
  if (viewer === null) redirect(`/login?next=${encodeURIComponent(address)}`);
  if (viewer.role !== "viewer") return draw(viewer);
  const t = await getTranslations("studio.viewerOnly");
  return (
    <EmptyState
      heading="h1"
      icon={<Clapperboard strokeWidth={1.5} />}
      title={t("title")}
      text={t("text", { username: viewer.username })}
      action={
        <Link href="/" className={buttonClass()}>
          {t("home")}
        </Link>
      }
    />
  );
};
