/** A piece of a description: plain words or an address. */
export type TextPart = { kind: "text"; text: string } | { kind: "link"; text: string; href: string };

/** Addresses with a scheme only: guessing at `example.com` links words that are none. */
const address = /https?:\/\/[^\s<>"']+/gi;

/** Closing signs that end a sentence rather than an address; a bracket stays when it was opened inside. */
const trimmed = (found: string): string => {
  let text = found;
  while (/[.,;:!?)\]}»”…]$/u.test(text)) {
    if (text.endsWith(")") && text.split("(").length >= text.split(")").length) break;
    text = text.slice(0, -1);
  }
  return text;
};

/** Splits a description at its http(s) addresses. Only those become links, so `javascript:` never does. */
export const linkedText = (description: string): TextPart[] => {
  const parts: TextPart[] = [];
  let at = 0;
  for (const match of description.matchAll(address)) {
    const text = trimmed(match[0]);
    const url = URL.parse(text);
    if (url === null) continue;
    if (match.index > at) parts.push({ kind: "text", text: description.slice(at, match.index) });
    parts.push({ kind: "link", text, href: url.href });
    at = match.index + text.length;
  }
  if (at < description.length) parts.push({ kind: "text", text: description.slice(at) });
  return parts;
};
