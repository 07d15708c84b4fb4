import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { chooseLocale, localeCookie } from "#lib/i18n/locale.ts";
import { messages } from "#lib/i18n/messages.ts";

/** What next-intl asks for on every request: the language and its messages. The path never names a language. */
export default getRequestConfig(async ({ locale: asked }) => {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  const locale = chooseLocale({
    cookie: asked ?? jar.get(localeCookie)?.value,
    acceptLanguage: head.get("accept-language"),
  });
  // Pages show calendar dates of the server's zone; ages are relative, so only the rare absolute date depends on it.
  return { locale, messages: messages[locale], timeZone: "UTC", now: new Date() };
});
