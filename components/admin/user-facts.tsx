import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { UserStatus } from "#components/admin/user-table.tsx";
import { When } from "#components/admin/when.tsx";
import type { AdminUser } from "#lib/admin/dto.ts";

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className="min-w-0">
    <dt className="text-13 text-muted">{name}</dt>
    <dd className="text-14 wrap-anywhere">{children}</dd>
  </div>
);

/** What is known of an account. */
export const UserFacts = ({ user }: { user: AdminUser }) => {
  const t = useTranslations("admin.user.facts");
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-4 md:grid-cols-3 2xl:grid-cols-6">
      <Fact name={t("status")}>
        <UserStatus status={user.status} />
        {user.suspendedReason === null ? null : <p className="text-13 text-muted">{user.suspendedReason}</p>}
        {user.deletionRequestedAt === null ? null : (
          <p className="text-13 text-danger">
            {t("deletion")} <When at={user.deletionRequestedAt} time={false} />
          </p>
        )}
      </Fact>
      <Fact name={t("email")}>
        {user.email}
        <span className="block text-13 text-muted">{t(user.emailVerified ? "verified" : "unverified")}</span>
      </Fact>
      <Fact name={t("secondFactor")}>{t(user.secondFactor ? "on" : "off")}</Fact>
      <Fact name={t("joined")}>
        <When at={user.createdAt} time={false} />
      </Fact>
      <Fact name={t("seen")}>{user.lastSeenAt === null ? t("never") : <When at={user.lastSeenAt} />}</Fact>
      <Fact name={t("videos")}>
        {user.videos === 0 ? (
          t("noVideos")
        ) : (
          <Link href={`/admin/videos?owner=${user.id}`} className="underline underline-offset-2">
            {t("videoCount", { count: user.videos })}
          </Link>
        )}
        <span className="block text-13 text-muted">
          {user.channels.map(({ id, handle }) => (
            <Link key={id} href={`/@${handle}`} className="mr-2 hover:underline">
              @{handle}
            </Link>
          ))}
        </span>
      </Fact>
    </dl>
  );
};
