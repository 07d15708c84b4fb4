"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { FormProblem } from "#components/auth/form-problem.tsx";
import { Button } from "#components/ui/button.tsx";
import type { ServiceDto } from "#lib/accounts/external/dto.ts";
import { leaveForService } from "#lib/api-client/external.ts";

/** What a browser that came back without a session is told; null for codes that are not of these buttons. */
const useProblem = (code: string | null): string | null => {
  const t = useTranslations("external.errors");
  return code !== null && t.has(code) ? t(code) : null;
};

/** A button for each service through which people may sign in, and why it did not work; nothing where there is none. */
export const ExternalSignIn = ({
  services,
  next,
  error,
}: {
  services: readonly ServiceDto[];
  /** Where to go once signed in: a path of this site. */
  next: string;
  /** The code with which a service's answer led back here; null for none. */
  error: string | null;
}) => {
  const t = useTranslations("external");
  const [leaving, setLeaving] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  const told = useProblem(failed ? "OAuthSignin" : error);
  if (services.length === 0) return null;
  const leave = (service: string) => {
    setLeaving(service);
    setFailed(false);
    leaveForService({ service, next }).catch(() => {
      setLeaving(null);
      setFailed(true);
    });
  };
  return (
    <div className="mt-6 flex flex-col gap-3">
      <p
        aria-hidden
        className="flex items-center gap-3 text-13 text-muted before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line"
      >
        {t("or")}
      </p>
      <FormProblem text={told} />
      {services.map(({ id, name }) => (
        <Button key={id} className="h-10" busy={leaving === id} onClick={() => leave(id)}>
          {t("signInWith", { service: name })}
        </Button>
      ))}
    </div>
  );
};
