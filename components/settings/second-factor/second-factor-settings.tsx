"use client";

import { ShieldCheck, ShieldOff } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ProofDialog } from "#components/settings/second-factor/proof-dialog.tsx";
import { RecoveryCodes } from "#components/settings/second-factor/recovery-codes.tsx";
import { TurnOnDialog } from "#components/settings/second-factor/turn-on-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { toast } from "#components/ui/toast.tsx";
import type { SecondFactorDto } from "#lib/accounts/dto.ts";
import { removeSecondFactor, renewRecoveryCodes } from "#lib/api-client/second-factor.ts";

type Asked = "on" | "off" | "renew" | null;

const Status = ({ factor: { enabled, recoveryCodesLeft } }: { factor: SecondFactorDto }) => {
  const t = useTranslations("second-factor");
  const Icon = enabled ? ShieldCheck : ShieldOff;
  return (
    <div className="flex items-start gap-3">
      <Icon aria-hidden size={20} strokeWidth={1.75} className={enabled ? "text-success" : "text-muted"} />
      <div>
        <p className="text-15 leading-5 font-medium">{t(enabled ? "on" : "off")}</p>
        {enabled ? (
          <p className={recoveryCodesLeft === 0 ? "mt-0.5 text-13 text-danger" : "mt-0.5 text-13 text-muted"}>
            {t("codesLeft", { count: recoveryCodesLeft })}
          </p>
        ) : null}
      </div>
    </div>
  );
};

const Actions = ({ enabled, onAsk }: { enabled: boolean; onAsk: (asked: Asked) => void }) => {
  const t = useTranslations("second-factor");
  return (
    <div className="flex flex-wrap gap-2">
      {enabled ? (
        <>
          <Button onClick={() => onAsk("renew")}>{t("newCodes")}</Button>
          <Button variant="danger" onClick={() => onAsk("off")}>
            {t("turnOff")}
          </Button>
        </>
      ) : (
        <Button onClick={() => onAsk("on")}>{t("turnOn")}</Button>
      )}
    </div>
  );
};

/** Whether signing in asks for a code, and everything that changes it. */
export const SecondFactorSettings = ({ factor, email }: { factor: SecondFactorDto; email: string }) => {
  const t = useTranslations("second-factor");
  const router = useRouter();
  const [asked, setAsked] = useState<Asked>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const show = (made: string[]) => {
    setAsked(null);
    setCodes(made);
    router.refresh();
  };
  const close = () => setAsked(null);
  const turnOff = async (proof: Parameters<typeof removeSecondFactor>[0]) => {
    await removeSecondFactor(proof);
    close();
    setCodes(null);
    toast({ title: t("turnedOff") });
    router.refresh();
  };
  return (
    <>
      <Status factor={factor} />
      {codes === null ? null : <RecoveryCodes email={email} codes={codes} onDone={() => setCodes(null)} />}
      <Actions enabled={factor.enabled} onAsk={setAsked} />
      <TurnOnDialog open={asked === "on"} email={email} onClose={close} onCodes={show} />
      <ProofDialog
        open={asked === "off"}
        {...{ email, title: t("offTitle"), text: t("offText"), action: t("turnOff"), danger: true }}
        onClose={close}
        onProven={turnOff}
      />
      <ProofDialog
        open={asked === "renew"}
        {...{ email, title: t("renewTitle"), text: t("renewText"), action: t("renew") }}
        onClose={close}
        onProven={async (proof) => show((await renewRecoveryCodes(proof)).recoveryCodes)}
      />
    </>
  );
};
