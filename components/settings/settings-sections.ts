import {
  Bell,
  ChartColumn,
  Clapperboard,
  FolderDown,
  KeyRound,
  type LucideIcon,
  ShieldCheck,
  UserRound,
  Webhook,
} from "lucide-react";

/** One page of the settings. */
export type SettingsSection = {
  href: string;
  /** Its name: a whole message key, in the namespace of whoever made the page. */
  label: string;
  icon: LucideIcon;
  /** Messages that its client parts need. */
  namespaces: readonly string[];
};

/** Every page of the settings, in the order of the list; a new one is a line here. */
export const settingsSections: readonly SettingsSection[] = [
  {
    href: "/settings/profile",
    label: "settings.sections.profile",
    icon: UserRound,
    namespaces: ["settings", "avatars", "auth"],
  },
  {
    href: "/settings/security",
    label: "settings.sections.security",
    icon: ShieldCheck,
    namespaces: ["settings", "external", "auth", "account-mails", "second-factor"],
  },
  { href: "/settings/tokens", label: "settings.sections.tokens", icon: KeyRound, namespaces: ["settings", "auth"] },
  {
    href: "/settings/notifications",
    label: "notifications.choices.section",
    icon: Bell,
    namespaces: ["notifications"],
  },
  {
    href: "/settings/channels",
    label: "channels.section",
    icon: Clapperboard,
    namespaces: ["channels", "sharing", "people"],
  },
  { href: "/settings/webhooks", label: "webhooks.title", icon: Webhook, namespaces: ["webhooks"] },
  { href: "/settings/usage", label: "usage.section", icon: ChartColumn, namespaces: ["usage"] },
  {
    href: "/settings/data",
    label: "your-data.section",
    icon: FolderDown,
    namespaces: ["your-data", "external", "auth", "settings", "suggested-tags"],
  },
];
