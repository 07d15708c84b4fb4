"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { bytesOfGigabytes, gigabytesText } from "#components/admin/gigabytes.ts";
import { SizeInput } from "#components/admin/size-input.tsx";
import { useAdminAction } from "#components/admin/use-admin-action.ts";
import { useSize } from "#components/admin/use-size.ts";
import { Button } from "#components/ui/button.tsx";
import { patchUserLimits } from "#lib/api-client/admin.ts";
import type { LimitsDto } from "#lib/usage/dto.ts";

type Name = keyof LimitsDto["own"];
const names: readonly Name[] = ["storageQuotaBytes", "dailyUploadBytes", "monthlyDeliveryBytes"];

const textsOf = (own: LimitsDto["own"]): Record<Name, string> => ({
  storageQuotaBytes: gigabytesText(own.storageQuotaBytes),
  dailyUploadBytes: gigabytesText(own.dailyUploadBytes),
  monthlyDeliveryBytes: gigabytesText(own.monthlyDeliveryBytes),
});

/** An account's own limits; one that is left empty follows the instance. */
export const UserLimits = ({ userId, limits }: { userId: string; limits: LimitsDto }) => {
  const t = useTranslations("admin.user.limits");
  const named = useTranslations("admin.limits");
  const size = useSize();
  const { busy, run } = useAdminAction();
  const [texts, setTexts] = useState(() => textsOf(limits.own));
  const bytes = Object.fromEntries(names.map((name) => [name, bytesOfGigabytes(texts[name])]));
  const wrong = names.filter((name) => bytes[name] === undefined);
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (wrong.length > 0) return;
    run(async () => {
      await patchUserLimits(userId, bytes);
      return { title: t("saved") };
    });
  };
  const holds = (name: Name) => {
    const limit = limits.effective[name];
    return limit === null ? t("holdsNone") : t("holds", { size: size(limit) });
  };
  return (
    <form onSubmit={save} noValidate className="flex flex-col gap-5">
      <div className="grid gap-5 sm:grid-cols-2 2xl:grid-cols-3">
        {names.map((name) => (
          <SizeInput
            key={name}
            name={name}
            label={named(name)}
            hint={holds(name)}
            placeholder={t("asInstance")}
            value={texts[name]}
            isWrong={wrong.includes(name)}
            onChange={(text) => setTexts((known) => ({ ...known, [name]: text }))}
          />
        ))}
      </div>
      <div>
        <Button type="submit" busy={busy}>
          {t("save")}
        </Button>
      </div>
    </form>
  );
};
