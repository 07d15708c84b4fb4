import Link from "next/link";
import { useTranslations } from "next-intl";
import { buttonClass } from "#components/ui/button.tsx";

/** Ways through a list that is read page by page; `address` has the filters, without a cursor. */
export const Pager = ({
  address,
  isFirst,
  nextCursor,
}: {
  address: string;
  isFirst: boolean;
  nextCursor: string | null;
}) => {
  const t = useTranslations("admin.pager");
  if (isFirst && nextCursor === null) return null;
  const sign = address.includes("?") ? "&" : "?";
  return (
    <nav aria-label={t("label")} className="flex gap-2">
      {isFirst ? null : (
        <Link href={address} className={buttonClass()}>
          {t("first")}
        </Link>
      )}
      {nextCursor === null ? null : (
        <Link href={`${address}${sign}cursor=${encodeURIComponent(nextCursor)}`} className={buttonClass()}>
          {t("next")}
        </Link>
      )}
    </nav>
  );
};
