import { createTranslator } from "use-intl/core";
import type { Locale } from "#lib/i18n/locale.ts";
import { messages } from "#lib/i18n/messages.ts";

/** Looks a message up by key and fills its placeholders (ICU syntax). */
export type Translate = (key: string, values?: Record<string, string | number | Date>) => string;

/**
 * Translator outside pages: worker tasks, mails, domain code. Throws when the message is missing, because a key shown
 * to a person is a fault of ours that a test has to meet first.
 */
export const translator = ({ locale, namespace }: { locale: Locale; namespace: string }): Translate => {
  const translate = createTranslator({
    locale,
    messages: messages[locale],
    namespace,
    onError: (error) => {
      throw error;
    },
  });
  return (key, values) => (values === undefined ? translate(key) : translate(key, values));
};
