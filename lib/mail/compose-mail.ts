import type { Locale } from "#lib/i18n/locale.ts";
import { translator } from "#lib/i18n/translator.ts";
import { type MailData, type MailKind, mailKinds } from "#lib/mail/mail-kinds.ts";
import { type MailContent, mailHtml, mailText } from "#lib/mail/mail-layout.ts";
import { mailWords } from "#lib/mail/mail-words.ts";
import { siteAddress } from "#lib/mail/site-address.ts";

/** A mail as it is sent. */
export type ComposedMail = { subject: string; text: string; html: string };

/** Kinds that speak to an address of which it is not known yet that its account's owner reads it. */
const toStrangers: readonly MailKind[] = ["verify_email", "change_email", "channel_invitation"];

const footerOf = (kind: MailKind, optional: boolean) => {
  if (optional) return "footer.optional";
  return toStrangers.includes(kind) ? "footer.stranger" : "footer.account";
};

/** One line without controls: a subject is a header, and names and titles are other people's words. */
const oneLine = (text: string) => text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ").trim();

/**
 * Writes a mail in the receiver's language, as text and as HTML. Throws `ZodError` when the data does not fit the kind.
 */
export const composeMail = <Kind extends MailKind>(input: {
  kind: Kind;
  data: MailData<Kind>;
  locale: Locale;
  /** Page on which this kind is switched off; null for mails that one cannot do without. */
  unsubscribeUrl: string | null;
}): ComposedMail => {
  const { kind, locale, unsubscribeUrl } = input;
  // The compiler does not follow the kind into the table: the schema is the one of this very kind.
  const data = mailKinds[kind].data.parse(input.data) as MailData<Kind>;
  const t = translator({ locale, namespace: "mails" });
  const words = mailWords[kind](data, { t, locale });
  const content: MailContent = {
    locale,
    appName: t("appName"),
    subject: oneLine(words.subject),
    heading: words.heading,
    paragraphs: words.paragraphs,
    quote: words.quote ?? null,
    action: words.action === undefined ? null : { label: words.action.label, url: siteAddress(words.action.path) },
    actionFallback: t("actionFallback"),
    footer: [t(footerOf(kind, unsubscribeUrl !== null), { site: siteAddress("") })],
    links:
      unsubscribeUrl === null
        ? []
        : [
            { label: t("footer.unsubscribe"), url: unsubscribeUrl },
            { label: t("footer.settings"), url: siteAddress("/settings/notifications") },
          ],
  };
  return { subject: content.subject, text: mailText(content), html: mailHtml(content) };
};
