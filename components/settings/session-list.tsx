"use client";

import { Monitor, Smartphone, Terminal } from "lucide-react";
import { useFormatter, useNow, useTranslations } from "next-intl";
import { useSettingsAction } from "#components/settings/use-settings-action.ts";
import { Button } from "#components/ui/button.tsx";
import type { SessionDto } from "#lib/accounts/dto.ts";
import { revokeSession } from "#lib/api-client/security.ts";

/** Seen within so many milliseconds counts as now: the time is kept to the minute. */
const nowMs = 120_000;

const iconOf = ({ kind, system }: SessionDto) => {
  if (kind === "program") return Terminal;
  return system === "Android" || system === "iOS" ? Smartphone : Monitor;
};

/** A session's name in words. */
const useName = () => {
  const t = useTranslations("settings.security");
  return ({ kind, browser, system }: SessionDto) => {
    if (kind === "program") return browser === null ? t("program") : t("programOf", { browser });
    if (browser === null) return t("unknownBrowser");
    return system === null ? browser : t("browserOn", { browser, system });
  };
};

const SessionRow = ({ session, busy, onEnd }: { session: SessionDto; busy: boolean; onEnd: () => void }) => {
  const t = useTranslations("settings.security");
  const format = useFormatter();
  const now = useNow();
  const name = useName()(session);
  const Icon = iconOf(session);
  const lastSeen = new Date(session.lastSeenAt);
  const isNow = now.getTime() - lastSeen.getTime() < nowMs;
  return (
    <li className="flex items-center gap-4 py-3.5">
      <Icon aria-hidden size={20} strokeWidth={1.75} className="shrink-0 text-muted" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 text-15 font-medium">
          <span className="min-w-0 break-words">{name}</span>
          {session.current ? <span className="text-13 font-normal text-success">{t("thisOne")}</span> : null}
        </p>
        <p className="tabular text-13 wrap-anywhere text-muted">
          {isNow ? t("seenNow") : t("lastSeen", { time: format.relativeTime(lastSeen, now) })}
          {session.address === "" ? null : ` · ${session.address}`}
          {" · "}
          {t("since", { time: format.dateTime(new Date(session.createdAt), { dateStyle: "medium" }) })}
        </p>
      </div>
      {session.current ? null : (
        <Button size="small" variant="danger" busy={busy} aria-label={t("endNamed", { name })} onClick={onEnd}>
          {t("end")}
        </Button>
      )}
    </li>
  );
};

/** Where the person is signed in; each of them but this one can be ended. */
export const SessionList = ({ sessions }: { sessions: readonly SessionDto[] }) => {
  const t = useTranslations("settings.security");
  const { busy, run } = useSettingsAction();
  const end = (id: string) =>
    run(async () => {
      await revokeSession(id);
      return t("ended");
    });
  return (
    <ul className="divide-y divide-line border-y border-line">
      {sessions.map((session) => (
        <SessionRow key={session.id} session={session} busy={busy} onEnd={() => end(session.id)} />
      ))}
    </ul>
  );
};
