"use client";

import { KeyRound } from "lucide-react";
import { useFormatter, useNow, useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "#components/settings/confirm-dialog.tsx";
import { useSettingsAction } from "#components/settings/use-settings-action.ts";
import { Button } from "#components/ui/button.tsx";
import type { ApiTokenDto } from "#lib/accounts/dto.ts";
import { revokeApiToken } from "#lib/api-client/security.ts";

/** Used within so many milliseconds counts as now: the time is kept to the minute. */
const nowMs = 120_000;

/** When a token was used and how long it lasts, in words. */
const useTokenFacts = () => {
  const t = useTranslations("settings.tokens");
  const format = useFormatter();
  const now = useNow();
  const used = ({ lastUsedAt, lastUsedAddress }: ApiTokenDto) => {
    if (lastUsedAt === null) return t("neverUsed");
    const at = new Date(lastUsedAt);
    const address = lastUsedAddress ?? "";
    if (now.getTime() - at.getTime() < nowMs) return t("usedNow", { address });
    return t("used", { time: format.relativeTime(at, now), address });
  };
  const lasts = ({ expiresAt }: ApiTokenDto) => {
    if (expiresAt === null) return { text: t("noExpiry"), over: false };
    const at = new Date(expiresAt);
    const date = format.dateTime(at, { dateStyle: "medium" });
    const over = at.getTime() <= now.getTime();
    return { text: over ? t("expired", { date }) : t("expiresAt", { date }), over };
  };
  return { used, lasts };
};

const TokenRow = ({ token, busy, onRevoke }: { token: ApiTokenDto; busy: boolean; onRevoke: () => void }) => {
  const t = useTranslations("settings.tokens");
  const facts = useTokenFacts();
  const [asked, setAsked] = useState(false);
  const { text, over } = facts.lasts(token);
  return (
    <li className="flex items-start gap-4 py-3.5">
      <KeyRound aria-hidden size={20} strokeWidth={1.75} className="mt-px shrink-0 text-muted" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2 text-15 font-medium">
          <span className="min-w-0 break-words">{token.name}</span>
          <code className="font-mono text-13 font-normal text-muted">{token.prefix}…</code>
        </p>
        <p className="text-13 text-muted">
          {facts.used(token)} · <span className={over ? "text-danger" : undefined}>{text}</span>
        </p>
        <p className="mt-1.5 flex flex-wrap gap-1.5">
          {token.scopes.map((scope) => (
            <code key={scope} className="rounded-xs bg-raised px-1.5 py-0.5 font-mono text-12 text-muted">
              {scope}
            </code>
          ))}
        </p>
      </div>
      <Button
        size="small"
        variant="danger"
        busy={busy}
        aria-label={t("revokeNamed", { name: token.name })}
        onClick={() => setAsked(true)}
      >
        {t("revoke")}
      </Button>
      <ConfirmDialog
        open={asked}
        onOpenChange={setAsked}
        title={t("revokeTitle", { name: token.name })}
        text={t("revokeText")}
        action={t("revoke")}
        onConfirm={onRevoke}
      />
    </li>
  );
};

/** The person's API tokens, each with what it may, when it was used, and a way to end it. */
export const TokenList = ({ tokens }: { tokens: readonly ApiTokenDto[] }) => {
  const t = useTranslations("settings.tokens");
  const { busy, run } = useSettingsAction();
  const revoke = (token: ApiTokenDto) =>
    run(async () => {
      await revokeApiToken(token);
      return t("revoked");
    });
  return (
    <ul className="divide-y divide-line border-y border-line">
      {tokens.map((token) => (
        <TokenRow key={token.id} token={token} busy={busy} onRevoke={() => revoke(token)} />
      ))}
    </ul>
  );
};
