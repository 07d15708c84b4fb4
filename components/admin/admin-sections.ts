import {
  ChartColumn,
  Gauge,
  type LucideIcon,
  Mail,
  ScrollText,
  SlidersHorizontal,
  SquarePlay,
  Users,
  Workflow,
} from "lucide-react";

/** One page of the admin area. */
export type AdminSection = {
  href: string;
  /** Its name below `admin.sections`. */
  name: "overview" | "users" | "videos" | "jobs" | "usage" | "audit" | "mails" | "settings";
  icon: LucideIcon;
};

/** Every page of the admin area, in the order of the list; a new one is a line here. */
export const adminSections: readonly AdminSection[] = [
  { href: "/admin", name: "overview", icon: Gauge },
  { href: "/admin/users", name: "users", icon: Users },
  { href: "/admin/videos", name: "videos", icon: SquarePlay },
  { href: "/admin/jobs", name: "jobs", icon: Workflow },
  { href: "/admin/usage", name: "usage", icon: ChartColumn },
  { href: "/admin/audit", name: "audit", icon: ScrollText },
  { href: "/admin/mails", name: "mails", icon: Mail },
  { href: "/admin/settings", name: "settings", icon: SlidersHorizontal },
];
