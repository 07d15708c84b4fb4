"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { ApiError } from "#lib/api-client/api-error.ts";
import { fetchDelivery, testWebhook } from "#lib/api-client/webhooks.ts";
import type { DeliveryDto, WebhookDto } from "#lib/webhooks/dto.ts";

/** What a test says. */
export type TestResult = { text: string; tone: "good" | "bad" | "plain" };

const askEveryMs = 500;
/** A little longer than an attempt may take. */
const patienceMs = 13_000;

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** The delivery once it has ended, or as it is when that takes too long. */
const outcomeOf = async (webhookId: string, first: DeliveryDto): Promise<DeliveryDto> => {
  const until = Date.now() + patienceMs;
  let delivery = first;
  while (delivery.state === "queued" && Date.now() < until) {
    await pause(askEveryMs);
    delivery = await fetchDelivery({ webhookId, deliveryId: delivery.id });
  }
  return delivery;
};

/** Sends a test and waits for what comes of it. */
export const useTest = (webhook: WebhookDto, onEnd: () => void) => {
  const t = useTranslations("webhooks.test");
  const words = useTranslations("common");
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<TestResult | null>(null);
  const { host } = new URL(webhook.url);
  const told = ({ state, status, durationMs, error }: DeliveryDto): TestResult => {
    if (state === "queued") return { text: t("waiting"), tone: "plain" };
    if (state === "delivered") {
      return { text: t("delivered", { host, status: status ?? 0, ms: durationMs ?? 0 }), tone: "good" };
    }
    return { text: t("failed", { message: error?.message ?? "" }), tone: "bad" };
  };
  const refused = (error: unknown): TestResult => {
    const code = error instanceof ApiError ? error.code : "internal";
    const minutes = error instanceof ApiError ? Math.ceil((error.retryAfterSeconds ?? 0) / 60) : 0;
    return {
      text: words.has(`errors.${code}`) ? words(`errors.${code}`, { minutes }) : words("errors.internal"),
      tone: "bad",
    };
  };
  const run = () => {
    setBusy(true);
    setResult(null);
    testWebhook({ webhookId: webhook.id })
      .then((first) => outcomeOf(webhook.id, first))
      .then(told, refused)
      .then((next) => {
        setResult(next);
        setBusy(false);
        onEnd();
      });
  };
  return { busy, result, run };
};
