"use client";

import { RotateCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { useCallback, useEffect, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { toast } from "#components/ui/toast.tsx";
import { DeliveryRow } from "#components/webhooks/delivery-row.tsx";
import { ApiError } from "#lib/api-client/api-error.ts";
import { fetchDeliveries, replayDelivery } from "#lib/api-client/webhooks.ts";
import type { DeliveryDto, WebhookDto } from "#lib/webhooks/dto.ts";

type Log = { items: DeliveryDto[]; nextCursor: string | null };

/** While something is on its way the log is read again so often. */
const rereadMs = 2_000;

const useLog = (webhookId: string, version: number) => {
  const t = useTranslations("common");
  const [log, setLog] = useState<Log | null>(null);
  const complain = useCallback(
    (error: unknown) => {
      if (!(error instanceof ApiError)) return;
      const { code } = error;
      const title = t.has(`errors.${code}`) ? t(`errors.${code}`, { minutes: 1 }) : t("errors.internal");
      toast({ title, tone: "danger" });
    },
    [t],
  );
  const reload = useCallback(
    (signal?: AbortSignal) =>
      fetchDeliveries({ webhookId, ...(signal === undefined ? {} : { signal }) }).then(setLog, complain),
    [webhookId, complain],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: a test that has ended is seen in the log.
  useEffect(() => {
    const controller = new AbortController();
    reload(controller.signal);
    return () => controller.abort();
  }, [reload, version]);
  const waits = log?.items.some(({ state, attempts }) => state === "queued" && attempts === 0) ?? false;
  useEffect(() => {
    if (!waits) return;
    const timer = setInterval(() => reload(), rereadMs);
    return () => clearInterval(timer);
  }, [waits, reload]);
  const more = () => {
    if (log?.nextCursor == null) return;
    fetchDeliveries({ webhookId, cursor: log.nextCursor }).then(
      (page) => setLog({ items: [...log.items, ...page.items], nextCursor: page.nextCursor }),
      complain,
    );
  };
  const replay = (deliveryId: string) => {
    replayDelivery({ webhookId, deliveryId }).then(() => reload(), complain);
  };
  return { log, reload, more, replay };
};

/** What was sent to a webhook, newest first. `version` changes when there is something new to see. */
export const DeliveryLog = ({ webhook, version }: { webhook: WebhookDto; version: number }) => {
  const t = useTranslations("webhooks.log");
  const { log, reload, more, replay } = useLog(webhook.id, version);
  return (
    <section aria-label={t("title")} className="mt-3 border-t border-line pt-3">
      <div className="flex items-center justify-between gap-3">
        <p className="text-13 text-muted">{t("hint")}</p>
        <Button size="small" variant="ghost" onClick={() => reload()}>
          <RotateCw aria-hidden strokeWidth={1.75} />
          {t("refresh")}
        </Button>
      </div>
      {log === null ? <Skeleton className="mt-3 h-16 w-full" /> : null}
      {log !== null && log.items.length === 0 ? <p className="py-3 text-14 text-muted">{t("empty")}</p> : null}
      <ul className="divide-y divide-line">
        {log?.items.map((delivery) => (
          <DeliveryRow
            key={delivery.id}
            delivery={delivery}
            mayReplay={webhook.state === "active" || delivery.type === "ping"}
            onReplay={() => replay(delivery.id)}
          />
        ))}
      </ul>
      {log === null || log.nextCursor === null ? null : (
        <Button size="small" className="mt-2" onClick={more}>
          {t("more")}
        </Button>
      )}
    </section>
  );
};
