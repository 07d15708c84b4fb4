"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { FormProblem } from "#components/auth/form-problem.tsx";
import { siteFault, siteLines } from "#components/sharing/site-lines.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { toast } from "#components/ui/toast.tsx";
import { ApiError } from "#lib/api-client/api-error.ts";
import { putChannelSharing } from "#lib/api-client/sharing.ts";
import type { ChannelSharingDto } from "#lib/sharing/dto.ts";

const choices = ["anywhere", "listed", "nowhere"] as const;

type Fault = { site: string | undefined; problem: string | null };

const useFaultOf = () => {
  const t = useTranslations("common.errors");
  return (error: unknown): Fault => {
    const site = error instanceof ApiError ? siteFault(error.fields) : undefined;
    const code = error instanceof ApiError && t.has(error.code) ? error.code : "internal";
    return { site, problem: site === undefined ? t(code, { minutes: 1 }) : null };
  };
};

/** Which sites may show a channel's videos. */
export const ChannelEmbedding = ({ handle, first }: { handle: string; first: ChannelSharingDto }) => {
  const t = useTranslations("sharing.embedding");
  const common = useTranslations("common");
  const faultOf = useFaultOf();
  const [embedding, setEmbedding] = useState(first.embedding);
  const [sites, setSites] = useState(first.sites.join("\n"));
  const [fault, setFault] = useState<Fault>({ site: undefined, problem: null });
  const [busy, setBusy] = useState(false);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFault({ site: undefined, problem: null });
    try {
      const saved = await putChannelSharing({ handle, sharing: { embedding, sites: siteLines(sites) } });
      setSites(saved.sites.join("\n"));
      toast({ title: t("saved") });
    } catch (error) {
      setFault(faultOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void save(event)} noValidate className="flex max-w-[520px] flex-col gap-4">
      <FormProblem text={fault.problem} />
      <Select
        label={t("choice")}
        value={embedding}
        onChange={setEmbedding}
        options={choices.map((value) => ({ value, label: t(value) }))}
      />
      {embedding === "listed" ? (
        <Field name="sites" label={t("sites")} hint={t("sitesHint")} error={fault.site}>
          <Textarea
            value={sites}
            onChange={(event) => setSites(event.target.value)}
            rows={4}
            dir="ltr"
            autoCapitalize="none"
            spellCheck={false}
          />
        </Field>
      ) : null}
      <Button type="submit" variant="primary" busy={busy} className="mt-1 self-start">
        {common("save")}
      </Button>
    </form>
  );
};
