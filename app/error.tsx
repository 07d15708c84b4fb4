"use client";

import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";

/** What is shown when a page throws: what happened, what it means, what to do. Never the fault's own text. */
export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const t = useTranslations("common");
  useEffect(() => {
    document.title = t("errors.title");
  }, [t]);
  return (
    <main>
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
    </main>
  );
}
