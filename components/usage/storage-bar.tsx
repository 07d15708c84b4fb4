import { useLocale, useTranslations } from "next-intl";
import { formatBytes } from "#components/studio/studio-format.ts";
import type { StoredKind, UsageDto } from "#lib/usage/dto.ts";

type Part = { name: StoredKind | "reserved"; bytes: number };

const colourOf: Record<Part["name"], string> = {
  originals: "bg-usage-1",
  streams: "bg-usage-2",
  pictures: "bg-usage-3",
  texts: "bg-usage-4",
  sound: "bg-usage-5",
  marks: "bg-usage-6",
  working: "bg-muted",
  reserved: "bg-faint",
};

const partsOf = ({ byKind, reservedBytes }: UsageDto["stored"]): Part[] => [
  ...byKind.filter(({ bytes }) => bytes > 0).map(({ kind, bytes }) => ({ name: kind, bytes })),
  ...(reservedBytes > 0 ? [{ name: "reserved" as const, bytes: reservedBytes }] : []),
];

/**
 * What is stored, by kind, against the quota: one bar, and the same in words and numbers below it. `own` is whether its
 * reader is the one who stores it.
 */
export const StorageBar = ({ stored, own = true }: { stored: UsageDto["stored"]; own?: boolean }) => {
  const t = useTranslations("usage.storage");
  const locale = useLocale() === "uk" ? "uk" : "en";
  const size = (bytes: number) => formatBytes({ bytes, locale });
  const { bytes, reservedBytes, quotaBytes } = stored;
  const used = bytes + reservedBytes;
  const free = quotaBytes === null ? null : Math.max(0, quotaBytes - used);
  const parts = partsOf(stored);
  const whole = Math.max(used, quotaBytes ?? used, 1);
  if (used === 0 && quotaBytes === null) return <p className="text-14 text-muted">{t(own ? "empty" : "emptyOther")}</p>;
  return (
    <div className="flex flex-col gap-3">
      <p className="tabular flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 text-15">
        <span className="font-medium">
          {quotaBytes === null
            ? t("used", { used: size(used) })
            : t("of", { used: size(used), quota: size(quotaBytes) })}
        </span>
        {free === null ? null : <span className="text-14 text-muted">{t("free", { free: size(free) })}</span>}
      </p>
      <div aria-hidden className="flex h-3 gap-0.5 overflow-hidden rounded-xs bg-hover">
        {parts.map((part) => (
          <span
            key={part.name}
            className={`h-full min-w-0.5 ${colourOf[part.name]}`}
            style={{ width: `${(part.bytes / whole) * 100}%` }}
          />
        ))}
      </div>
      <ul aria-label={t("bar")} className="tabular grid gap-x-8 gap-y-1.5 text-14 sm:grid-cols-2">
        {parts.map(({ name, bytes: partBytes }) => (
          <li key={name} className="flex items-center gap-2.5">
            <span aria-hidden className={`size-2.5 shrink-0 rounded-xs ${colourOf[name]}`} />
            <span className="min-w-0 flex-1 truncate">
              {name === "reserved" ? t("reservedKind") : t(`kinds.${name}`)}
            </span>
            <span className="text-muted">{size(partBytes)}</span>
          </li>
        ))}
      </ul>
      {free === 0 ? <p className="text-14 text-danger">{t(own ? "full" : "fullOther")}</p> : null}
    </div>
  );
};
