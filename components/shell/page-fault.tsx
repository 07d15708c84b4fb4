"use client";

import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";

/** What Next gives to an error page; the digest is all that a visitor may see of the fault. */
export type PageFaultProps = { error: Error & { digest?: string }; reset: () => void };

/** What is shown when a page throws: what happened, what it means, what to do. Never the fault's own text. */
export const PageFault = ({ error, reset }: PageFaultProps) => {
  const t = useTranslations("common");
  useEffect(() => {
    document.title = t("errors.title");
  }, [t]);
  return (
    <>
      <EmptyState
        heading="h1"
        icon={<TriangleAlert strokeWidth={1.5} />}
        title={t("errors.title")}
        text={t("errors.internal")}
        action={
          <Button variant="primary" onClick={reset}>
            {t("retry")}
          </Button>
        }
      />
      {error.digest === undefined ? null : (
        <p className="text-center font-mono text-12 text-faint">{t("errors.requestId", { id: error.digest })}</p>
      )}
    </>
  );
};
