import type { Locale } from "#lib/i18n/locale.ts";
import { escapeHtml } from "#lib/mail/escape-html.ts";
import { mailColours } from "#lib/mail/mail-colours.ts";

/** What a mail says, before it is text or HTML. */
export type MailContent = {
  locale: Locale;
  appName: string;
  subject: string;
  heading: string;
  paragraphs: readonly string[];
  /** What the mail is about, set apart: a video's title, a reason. */
  quote: string | null;
  action: { label: string; url: string } | null;
  /** Says what the address beside the button is for. */
  actionFallback: string;
  /** Small print: why it came, what to do when it was not wanted. */
  footer: readonly string[];
  links: readonly { label: string; url: string }[];
};

const { light, dark } = mailColours;
const font = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/** For mail programs with a dark side; the others see the inline styles, which are the light theme. */
const style = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .k-ground { background: ${dark.ground} !important; }
  .k-surface { background: ${dark.surface} !important; border-color: ${dark.line} !important; }
  .k-text { color: ${dark.text} !important; }
  .k-muted { color: ${dark.muted} !important; }
  .k-line { border-color: ${dark.line} !important; }
  .k-button { background: ${dark.accent} !important; color: ${dark.onAccent} !important; }
}
@media (max-width: 520px) { .k-surface { padding: 24px 20px !important; } }`;

const paragraph = (text: string) =>
  `<p class="k-text" style="margin:0 0 16px;font-size:16px;line-height:24px;color:${light.text}">${escapeHtml(text)}</p>`;

const quoteHtml = (text: string | null) =>
  text === null
    ? ""
    : `<p class="k-text k-line" style="margin:0 0 16px;padding:2px 0 2px 14px;border-left:3px solid ${light.line};font-size:16px;line-height:24px;font-weight:600;color:${light.text};overflow-wrap:anywhere">${escapeHtml(text)}</p>`;

const small = `margin:0 0 8px;font-size:13px;line-height:20px;color:${light.muted};overflow-wrap:anywhere`;

const actionHtml = ({ action, actionFallback }: MailContent) => {
  if (action === null) return "";
  const url = escapeHtml(action.url);
  return `
<p style="margin:24px 0"><a class="k-button" href="${url}" style="display:inline-block;padding:11px 20px;border-radius:8px;background:${light.accent};color:${light.onAccent};font-size:15px;line-height:20px;font-weight:600;text-decoration:none">${escapeHtml(action.label)}</a></p>
<p class="k-muted" style="${small}">${escapeHtml(actionFallback)}<br><a class="k-muted" href="${url}" style="color:${light.muted}">${url}</a></p>`;
};

const footerHtml = ({ footer, links }: MailContent) => {
  const lines = footer.map((line) => `<p class="k-muted" style="${small}">${escapeHtml(line)}</p>`);
  const linked = links.map(
    ({ label, url }) =>
      `<a class="k-muted" href="${escapeHtml(url)}" style="color:${light.muted}">${escapeHtml(label)}</a>`,
  );
  return [
    ...lines,
    linked.length === 0 ? "" : `<p class="k-muted" style="${small}">${linked.join(" &nbsp; ")}</p>`,
  ].join("\n");
};

/** The mail as HTML: one column, inline styles, nothing that is fetched from anywhere. */
export const mailHtml = (content: MailContent): string => `<!doctype html>
<html lang="${content.locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(content.subject)}</title>
<style>${style}
</style>
</head>
<body class="k-ground" style="margin:0;padding:0;background:${light.ground}">
<table role="presentation" class="k-ground" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:${light.ground}">
<tr><td align="center" style="padding:32px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:560px;font-family:${font}">
<tr><td class="k-text" style="padding:0 4px 16px;font-size:18px;line-height:24px;font-weight:700;color:${light.text}">${escapeHtml(content.appName)}</td></tr>
<tr><td class="k-surface" style="padding:32px;background:${light.surface};border:1px solid ${light.line};border-radius:12px">
<h1 class="k-text" style="margin:0 0 16px;font-size:22px;line-height:28px;font-weight:700;color:${light.text}">${escapeHtml(content.heading)}</h1>
${content.paragraphs.slice(0, 1).map(paragraph).join("\n")}
${quoteHtml(content.quote)}
${content.paragraphs.slice(1).map(paragraph).join("\n")}${actionHtml(content)}
</td></tr>
<tr><td style="padding:20px 4px 0">
${footerHtml(content)}
</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;

/** The mail as plain text: the same words in the same order, addresses written out. */
export const mailText = (content: MailContent): string => {
  const [first, ...others] = content.paragraphs;
  const { action } = content;
  const parts = [
    content.heading,
    ...(first === undefined ? [] : [first]),
    ...(content.quote === null ? [] : [`  ${content.quote.replaceAll(/\s*\n\s*/g, "\n  ")}`]),
    ...others,
    ...(action === null ? [] : [`${action.label}:\n${action.url}`]),
    // The mark of a signature (RFC 3676, 4.3): mail programs show what follows quietly.
    `-- \n${content.appName}`,
    ...content.footer,
    ...content.links.map(({ label, url }) => `${label}: ${url}`),
  ];
  return `${parts.join("\n\n")}\n`;
};
