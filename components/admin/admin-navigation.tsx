import { useTranslations } from "next-intl";
import { adminSections } from "#components/admin/admin-sections.ts";
import { NavLink } from "#components/shell/nav-link.tsx";

/** Links of the rail in the admin area. */
export const AdminNavigation = () => {
  const t = useTranslations("admin.sections");
  return (
    <ul className="flex flex-col gap-0.5">
      {adminSections.map(({ href, name, icon: Icon }) => (
        <li key={href}>
          <NavLink
            href={href}
            deep={href !== "/admin"}
            icon={<Icon aria-hidden strokeWidth={1.75} />}
            label={t(name)}
          />
        </li>
      ))}
    </ul>
  );
};
