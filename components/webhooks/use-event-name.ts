"use client";

import { useTranslations } from "next-intl";

/** Names kinds of events in the person's language; one without a name of its own is told as it is. */
export const useEventName = (): ((type: string) => string) => {
  const t = useTranslations("webhooks.events");
  return (type) => {
    // Keys cannot hold the dots of the types.
    const key = type.replaceAll(".", "_");
    return t.has(key) ? t(key) : type;
  };
};
