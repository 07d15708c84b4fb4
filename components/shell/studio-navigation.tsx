import { ChartNoAxesColumn, Clapperboard, House, MessageSquare } from "lucide-react";
import { useTranslations } from "next-intl";
import { NavLink } from "#components/shell/nav-link.tsx";

/** Links of the rail in the studio. */
export const StudioNavigation = () => {
  const [t, queue] = [useTranslations("common"), useTranslations("comment-queue")];
  return (
    <ul className="flex flex-col gap-0.5">
      <li>
        <NavLink href="/studio" icon={<Clapperboard aria-hidden strokeWidth={1.75} />} label={t("videos")} />
      </li>
      <li>
        <NavLink
          href="/studio/analytics"
          icon={<ChartNoAxesColumn aria-hidden strokeWidth={1.75} />}
          label={t("analytics")}
        />
      </li>
      <li>
        <NavLink
          href="/studio/comments"
          icon={<MessageSquare aria-hidden strokeWidth={1.75} />}
          label={queue("title")}
        />
      </li>
      <li>
        <NavLink href="/" icon={<House aria-hidden strokeWidth={1.75} />} label={t("home")} />
      </li>
    </ul>
  );
};
