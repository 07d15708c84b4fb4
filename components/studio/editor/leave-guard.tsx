"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";

const localHref = (event: MouseEvent): string | null => {
  if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)
    return null;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (link === null || link.target === "_blank" || link.hasAttribute("download") || link.origin !== location.origin)
    return null;
  return link.pathname === location.pathname ? null : link.pathname + link.search + link.hash;
};

/**
 * Asks before unsaved work is left behind: by a link of the page in our own words, by closing or reloading in the browser's.
 * The browser's own back button is not stopped: what was typed is gone then, as on every site.
 */
export const LeaveGuard = ({ active }: { active: boolean }) => {
  const t = useTranslations("studio.editor");
  const router = useRouter();
  const [wanted, setWanted] = useState<string | null>(null);
  useEffect(() => {
    if (!active) return;
    const ended = new AbortController();
    addEventListener("beforeunload", (event) => event.preventDefault(), { signal: ended.signal });
    document.addEventListener(
      "click",
      (event) => {
        const href = localHref(event);
        if (href === null) return;
        event.preventDefault();
        event.stopPropagation();
        setWanted(href);
      },
      { capture: true, signal: ended.signal },
    );
    return () => ended.abort();
  }, [active]);
  return (
    <Dialog
      open={wanted !== null}
      onOpenChange={(open) => {
        if (!open) setWanted(null);
      }}
      title={t("leaveTitle")}
      description={t("leaveText")}
      actions={
        <>
          <Button
            variant="danger"
            onClick={() => {
              if (wanted !== null) router.push(wanted);
              setWanted(null);
            }}
          >
            {t("leave")}
          </Button>
          <Button variant="primary" onClick={() => setWanted(null)}>
            {t("stay")}
          </Button>
        </>
      }
    />
  );
};
