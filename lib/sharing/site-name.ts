import { z } from "zod";

const label = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const pattern = new RegExp(`^(?:\\*\\.)?(?:${label}\\.)*${label}(?::\\d{1,5})?$`);
const longest = 253;

/** Small letters, in the letters of the domain name system (`приклад.укр` is `xn--…`); null for what names no host. */
const normal = (text: string): string | null => {
  const wild = text.startsWith("*.");
  const url = URL.parse(`http://${wild ? text.slice(2) : text}`);
  // Anything but host and port would be lost in silence.
  if (url === null || url.host === "" || url.username !== "" || url.password !== "") return null;
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "" || /[/?#@\s]|:$/.test(text)) return null;
  const port = /:(\d{1,5})$/.exec(text)?.[1];
  const host = `${wild ? "*." : ""}${url.hostname}${port === undefined ? "" : `:${port}`}`;
  return host.length <= longest && pattern.test(host) ? host : null;
};

/**
 * The name of a site that may embed: a host (`example.org`, `localhost:8080`), or with `*.` all hosts below one. A source of
 * `frame-ancestors` (Content Security Policy Level 3, 2.3.1) when it is written behind a scheme, and nothing else: neither spaces
 * nor semicolons get through.
 */
export const siteNameSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(300)
  .transform((text, context) => {
    const name = normal(text);
    if (name !== null) return name;
    context.addIssue({ code: "custom", message: "site_name" });
    return z.NEVER;
  });

/** Names of sites, each once. */
export const siteListSchema = z
  .array(siteNameSchema)
  .max(100)
  .transform((names) => [...new Set(names)]);

/** A list of sites as sources of `frame-ancestors`; a site's own pages always count. */
export const frameAncestors = (sites: readonly string[]): string =>
  ["'self'", ...sites.flatMap((site) => [`https://${site}`, `http://${site}`])].join(" ");
