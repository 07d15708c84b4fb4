import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { AreaLine } from "#components/api-docs/docs-types.ts";
import { OperationList } from "#components/api-docs/operation-list.tsx";

/** The list of operations beside a page about the API; above it, folded, on phones. */
export const DocsShell = ({ areas, children }: { areas: readonly AreaLine[]; children: ReactNode }) => {
  const t = useTranslations("api-docs");
  return (
    <div className="mx-auto flex w-full max-w-[1480px] flex-col px-4 pb-20 md:px-6 lg:flex-row lg:gap-12">
      <details className="group mt-4 rounded-control border border-line lg:hidden">
        <summary className="flex h-11 list-none items-center gap-2 px-3 text-14 font-medium [&::-webkit-details-marker]:hidden">
          <ChevronRight
            aria-hidden
            strokeWidth={1.75}
            className="size-5 transition-transform group-open:rotate-90 motion-reduce:transition-none"
          />
          {t("contents")}
        </summary>
        <nav aria-label={t("contents")} className="max-h-[60dvh] overflow-y-auto px-3 pb-3">
          <OperationList areas={areas} />
        </nav>
      </details>
      <div className="hidden w-[280px] shrink-0 lg:block">
        <nav
          aria-label={t("contents")}
          className="sticky top-14 max-h-[calc(100dvh-56px)] overflow-y-auto py-8 pr-1 [scrollbar-width:thin]"
        >
          <OperationList areas={areas} />
        </nav>
      </div>
      <div className="min-w-0 flex-1 pt-8">{children}</div>
    </div>
  );
};
