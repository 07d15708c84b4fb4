"use client";

import { Link2 } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { FormProblem } from "#components/auth/form-problem.tsx";
import { useAccountForm } from "#components/auth/use-account-form.ts";
import { ConfirmDialog } from "#components/settings/confirm-dialog.tsx";
import { ProofFields, type ProofNeeds, proofOf } from "#components/settings/proof-fields.tsx";
import { useSettingsAction } from "#components/settings/use-settings-action.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import type { ConnectionDto, ConnectionListDto, ServiceDto } from "#lib/accounts/external/dto.ts";
import { askForConnection, leaveForService, removeConnection } from "#lib/api-client/external.ts";

const page = "/settings/security";

const ConnectForm = ({ service, needs }: { service: ServiceDto; needs: ProofNeeds }) => {
  const t = useTranslations("external.connections");
  const proof = useTranslations("external.proof");
  const { state, form, onSubmit } = useAccountForm({
    words: { forbidden: proof("stale") },
    send: async (values) => {
      await askForConnection({ service: service.id, ...proofOf(values) });
      await leaveForService({ service: service.id, next: page });
    },
  });
  return (
    <form ref={form} onSubmit={onSubmit} noValidate method="post" className="flex flex-col gap-4">
      <FormProblem text={state.problem} />
      <ProofFields needs={needs} fields={state.fields} />
      <Button type="submit" variant="primary" busy={state.busy} className="mt-1 self-end">
        {t("goOn", { service: service.name })}
      </Button>
    </form>
  );
};

const ConnectionRow = ({ connection, isLast }: { connection: ConnectionDto; isLast: boolean }) => {
  const t = useTranslations("external.connections");
  const format = useFormatter();
  const { busy, run } = useSettingsAction();
  const [asked, setAsked] = useState(false);
  const { name, email, service, connectedAt, lastUsedAt } = connection;
  const day = (time: string) => format.dateTime(new Date(time), { dateStyle: "medium" });
  return (
    <li className="flex items-center gap-4 py-3.5">
      <Link2 aria-hidden size={20} strokeWidth={1.75} className="shrink-0 text-muted" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2 text-15 font-medium">
          {name}
          {email === null ? null : <span className="min-w-0 break-words text-13 font-normal text-muted">{email}</span>}
        </p>
        <p className="tabular text-13 text-muted">
          {service === null ? t("gone") : t("connectedSince", { date: day(connectedAt) })}
          {lastUsedAt === null ? null : ` · ${t("lastUsed", { date: day(lastUsedAt) })}`}
        </p>
        {isLast ? <p className="mt-1 text-13 text-pretty text-muted">{t("last")}</p> : null}
      </div>
      {isLast ? null : (
        <Button
          size="small"
          variant="danger"
          busy={busy}
          aria-label={t("removeNamed", { service: name })}
          onClick={() => setAsked(true)}
        >
          {t("remove")}
        </Button>
      )}
      <ConfirmDialog
        open={asked}
        onOpenChange={setAsked}
        title={t("removeTitle", { service: name })}
        text={t("removeText")}
        action={t("remove")}
        onConfirm={() => run(() => removeConnection(connection.id).then(() => t("removed")))}
      />
    </li>
  );
};

/** What came of the visit to a service, as the address tells it. */
const Outcome = () => {
  const t = useTranslations("external.connections");
  const outcome = useSearchParams().get("connection");
  if (outcome === "taken") return <FormProblem text={t("taken")} />;
  return outcome === "connected" ? (
    <p role="status" className="rounded-control bg-raised px-3 py-2.5 text-14 text-success">
      {t("connected")}
    </p>
  ) : null;
};

/** The services through which the person can sign in; each can be removed while another way in is left. */
export const Connections = ({
  connections: { items, available, hasPassword },
  hasSecondFactor,
}: {
  connections: ConnectionListDto;
  hasSecondFactor: boolean;
}) => {
  const t = useTranslations("external.connections");
  const [wanted, setWanted] = useState<ServiceDto | null>(null);
  const usable = items.filter(({ service }) => service !== null).length;
  return (
    <div className="flex flex-col gap-4">
      <Outcome />
      {items.length === 0 ? (
        <p className="text-14 text-muted">{t("none")}</p>
      ) : (
        <ul className="divide-y divide-line border-y border-line">
          {items.map((one) => (
            <ConnectionRow key={one.id} connection={one} isLast={!hasPassword && usable <= 1 && one.service !== null} />
          ))}
        </ul>
      )}
      <div className="flex flex-wrap gap-2 empty:hidden">
        {available.map((service) => (
          <Button key={service.id} onClick={() => setWanted(service)}>
            {t("connect", { service: service.name })}
          </Button>
        ))}
      </div>
      <Dialog
        open={wanted !== null}
        onOpenChange={() => setWanted(null)}
        title={t("connect", { service: wanted?.name ?? "" })}
        description={t("proofText", { service: wanted?.name ?? "" })}
      >
        {wanted === null ? null : <ConnectForm service={wanted} needs={{ hasPassword, hasSecondFactor }} />}
      </Dialog>
    </div>
  );
};
