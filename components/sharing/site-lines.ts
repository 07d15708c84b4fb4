/** Names of sites as one types them: a line each, or with commas. */
export const siteLines = (text: string): string[] =>
  text
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** The first fault of a list of sites among an answer's fields (`sites`, `sites.3`). */
export const siteFault = (fields: Readonly<Record<string, string>>): string | undefined =>
  Object.entries(fields).find(([name]) => name === "sites" || name.startsWith("sites."))?.[1];
