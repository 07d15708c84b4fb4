"use client";

import { Globe, Link2, LockKeyhole } from "lucide-react";
import { useTranslations } from "next-intl";
import { Select, type SelectOption } from "#components/ui/select.tsx";
import type { Visibility } from "#lib/videos/dto.ts";

const icons = {
  private: <LockKeyhole aria-hidden size={18} strokeWidth={1.75} className="shrink-0" />,
  unlisted: <Link2 aria-hidden size={18} strokeWidth={1.75} className="shrink-0" />,
  public: <Globe aria-hidden size={18} strokeWidth={1.75} className="shrink-0" />,
} as const;

/** The three visibilities in words, with a hint and an icon each. */
export const useVisibilityOptions = (): readonly SelectOption<Visibility>[] => {
  const t = useTranslations("common.visibility");
  return (["private", "unlisted", "public"] as const).map((value) => ({
    value,
    label: t(value),
    description: t(`${value}Hint`),
    icon: icons[value],
  }));
};

/** Who may watch, changed in place. */
export const VisibilitySelect = ({
  value,
  label,
  onChange,
  look,
}: {
  value: Visibility;
  label?: string;
  onChange: (visibility: Visibility) => void;
  look?: "box" | "quiet";
}) => (
  <Select
    value={value}
    options={useVisibilityOptions()}
    onChange={onChange}
    label={label}
    {...(look === undefined ? {} : { look })}
    {...(look === "quiet" ? { className: "visibility-quiet -ml-2 max-w-full" } : {})}
  />
);
