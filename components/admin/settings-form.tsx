"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { LimitFields } from "#components/admin/limit-fields.tsx";
import { draftOf, readDraft, type SettingsDraft, sizeSettings } from "#components/admin/settings-draft.ts";
import { SizeInput } from "#components/admin/size-input.tsx";
import { useAdminAction } from "#components/admin/use-admin-action.ts";
import { SettingsBlock } from "#components/settings/settings-page.tsx";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { patchSettings } from "#lib/api-client/admin.ts";
import type { SettingsDto } from "#lib/settings/dto.ts";

const modes = ["open", "approval", "closed"] as const;
const roles = ["creator", "viewer"] as const;

type Part = { draft: SettingsDraft; edit: (change: Partial<SettingsDraft>) => void };

const SignUp = ({ draft, edit }: Part) => {
  const t = useTranslations("admin.settings.signUp");
  const common = useTranslations("common.role");
  return (
    <SettingsBlock title={t("title")} text={t("text")}>
      <div className="flex flex-wrap gap-5">
        <div className="flex flex-col gap-1.5">
          <span aria-hidden className="text-14 font-medium">
            {t("mode")}
          </span>
          <Select
            label={t("mode")}
            value={draft.signUpMode}
            options={modes.map((value) => ({
              ...{ value, label: t(`modes.${value}`) },
              description: t(`modeHints.${value}`),
            }))}
            onChange={(signUpMode) => edit({ signUpMode })}
            className="w-56!"
          />
        </div>
        <div className="flex flex-col gap-1.5">
          <span aria-hidden className="text-14 font-medium">
            {t("role")}
          </span>
          <Select
            label={t("role")}
            value={draft.signUpRole}
            options={roles.map((value) => ({ value, label: common(value) }))}
            onChange={(signUpRole) => edit({ signUpRole })}
            className="w-56!"
          />
        </div>
      </div>
      <div className="flex items-start gap-3">
        <Checkbox
          checked={draft.requireVerifiedEmail}
          onChange={(requireVerifiedEmail) => edit({ requireVerifiedEmail })}
          label={t("verified")}
          className="mt-0.5"
        />
        <div aria-hidden className="text-14">
          {t("verified")}
          <p className="text-13 text-muted">{t("verifiedHint")}</p>
        </div>
      </div>
    </SettingsBlock>
  );
};

const Sizes = ({ draft, edit, wrong }: Part & { wrong: readonly string[] }) => {
  const t = useTranslations("admin.settings.sizes");
  const named = useTranslations("admin.limits");
  return (
    <SettingsBlock title={t("title")} text={t("text")}>
      <div className="grid gap-5 sm:grid-cols-2 xl:grid-cols-3">
        {sizeSettings.map((name) => (
          <SizeInput
            key={name}
            name={name}
            label={named(name)}
            placeholder={t("none")}
            value={draft[name]}
            isWrong={wrong.includes(name)}
            onChange={(text) => edit({ [name]: text })}
          />
        ))}
      </div>
    </SettingsBlock>
  );
};

const Leaving = ({ draft, edit, wrong }: Part & { wrong: readonly string[] }) => {
  const t = useTranslations("admin.settings.leaving");
  const isWrong = wrong.includes("accountGraceDays");
  return (
    <SettingsBlock title={t("title")} text={t("text")}>
      <Field name="accountGraceDays" label={t("days")} hint={t("hint")} error={isWrong ? t("wrong") : undefined}>
        <Input
          inputMode="numeric"
          autoComplete="off"
          className="tabular max-w-24"
          value={draft.accountGraceDays}
          onChange={(event) => edit({ accountGraceDays: event.target.value })}
        />
      </Field>
    </SettingsBlock>
  );
};

/** Which settings an admin has changed, and the way back to what the environment says. */
const Changed = ({ changed }: Pick<SettingsDto, "changed">) => {
  const t = useTranslations("admin.settings");
  const { busy, run } = useAdminAction();
  if (changed.length === 0) return <p className="text-14 text-muted">{t("unchanged")}</p>;
  return (
    <ul className="divide-y divide-line border-y border-line">
      {changed.map((name) => (
        <li key={name} className="flex flex-wrap items-center justify-between gap-3 py-2 text-14">
          {t(`names.${name}`)}
          <Button
            size="small"
            variant="ghost"
            busy={busy}
            aria-label={t("resetOf", { name: t(`names.${name}`) })}
            onClick={() =>
              run(async () => {
                await patchSettings({ reset: [name] });
                return { title: t("wasReset", { name: t(`names.${name}`) }) };
              })
            }
          >
            {t("reset")}
          </Button>
        </li>
      ))}
    </ul>
  );
};

/** The instance's settings; what is saved holds everywhere within seconds. */
export const SettingsForm = ({ settings }: { settings: SettingsDto }) => {
  const t = useTranslations("admin.settings");
  const { busy, run } = useAdminAction();
  const [draft, setDraft] = useState(() => draftOf(settings.values));
  const [tried, setTried] = useState(false);
  const edit = (change: Partial<SettingsDraft>) => setDraft((known) => ({ ...known, ...change }));
  const { patch, wrong } = readDraft(draft, settings.values);
  const told = tried ? wrong : [];
  const isSame = Object.keys(patch).length === 0;
  const save = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (wrong.length > 0 || isSame) return;
    run(async () => {
      await patchSettings(patch);
      return { title: t("saved") };
    });
  };
  return (
    <div className="flex max-w-4xl flex-col gap-10">
      <form noValidate onSubmit={save} className="flex flex-col gap-10">
        <SignUp draft={draft} edit={edit} />
        <Sizes draft={draft} edit={edit} wrong={told} />
        <Leaving draft={draft} edit={edit} wrong={told} />
        <SettingsBlock title={t("rates.title")} text={t("rates.text")}>
          <LimitFields draft={draft} edit={edit} wrong={told} />
        </SettingsBlock>
        <div className="sticky bottom-16 flex items-center gap-3 border-t border-line bg-bg py-3 md:bottom-0">
          <Button type="submit" variant="primary" busy={busy} disabled={isSame}>
            {t("save")}
          </Button>
          <p className="text-13 text-muted">{t(isSame ? "same" : "effect")}</p>
        </div>
      </form>
      <SettingsBlock title={t("changed")} text={t("changedText")}>
        <Changed changed={settings.changed} />
      </SettingsBlock>
    </div>
  );
};
