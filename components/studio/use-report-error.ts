import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { toast } from "#components/ui/toast.tsx";
import { ApiError } from "#lib/api-client/api-error.ts";

/** The words for an error of the API in the reader's language. */
export const useErrorText = (): ((error: unknown) => string) => {
  const t = useTranslations("common.errors");
  return useCallback(
    (error) => {
      const { code, minutes } =
        error instanceof ApiError
          ? { code: error.code, minutes: Math.ceil((error.retryAfterSeconds ?? 0) / 60) }
          : { code: "network", minutes: 0 };
      return t.has(code) ? t(code, { minutes }) : t("internal", { minutes });
    },
    [t],
  );
};

/** Tells of a failed action that had been shown at once and was taken back. */
export const useReportError = (): ((error: unknown) => void) => {
  const t = useTranslations("studio");
  const textOf = useErrorText();
  return useCallback(
    (error) => toast({ title: t("notDone"), description: textOf(error), tone: "danger" }),
    [t, textOf],
  );
};
