/** An element as it was read; `text` is all text directly in it. */
export type ReadElement = {
  name: string;
  attributes: Record<string, string>;
  children: ReadElement[];
  text: string;
};

const nameStart = "[A-Za-z_]";
const qualified = `${nameStart}[\\w.-]*(?::${nameStart}[\\w.-]*)?`;
const token = new RegExp(`<(/)?(${qualified})((?:\\s+${qualified}="[^"<]*")*)\\s*(/)?>|([^<]+)`, "uy");
const attribute = new RegExp(`(${qualified})="([^"<]*)"`, "gu");
const allowed = /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u;
const references: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

const textOf = (written: string): string =>
  written.replaceAll(/&([^;&]*);?/g, (whole, name: string) => {
    const code = /^#(\d+)$/.exec(name)?.[1];
    const letter = code === undefined ? references[name] : String.fromCodePoint(Number(code));
    if (letter === undefined || !whole.endsWith(";")) throw new Error(`${whole} is no reference`);
    return letter;
  });

const attributesOf = (written: string): Record<string, string> => {
  const found = [...written.matchAll(attribute)].map(([, name = "", value = ""]) => [name, textOf(value)] as const);
  if (new Set(found.map(([name]) => name)).size !== found.length)
    throw new Error(`an attribute stands twice:${written}`);
  return Object.fromEntries(found);
};

const requireKnownPrefixes = (element: ReadElement, known: ReadonlySet<string>): void => {
  const own = Object.keys(element.attributes).filter((name) => name.startsWith("xmlns:"));
  const prefixes = new Set([...known, ...own.map((name) => name.slice("xmlns:".length))]);
  const [prefix, rest] = element.name.split(":");
  if (rest !== undefined && !prefixes.has(prefix ?? "")) throw new Error(`nobody declared ${prefix}:`);
  for (const child of element.children) requireKnownPrefixes(child, prefixes);
};

/**
 * Reads a document strictly (XML 1.0 without comments, CDATA, processing instructions and DTDs, none of which we write):
 * throws for letters that XML forbids, references to nothing, elements that are not closed in order, attributes that stand
 * twice, prefixes nobody declared, and anything before or after the one root.
 */
export const readXml = (text: string): ReadElement => {
  const declaration = /^<\?xml version="1\.0" encoding="UTF-8"\?>\n/.exec(text)?.[0];
  if (declaration === undefined) throw new Error("no declaration");
  if (!allowed.test(text)) throw new Error("a letter that XML forbids");
  const top: ReadElement = { name: "", attributes: {}, children: [], text: "" };
  const open = [top];
  token.lastIndex = declaration.length;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const [, closing, name = "", attributes = "", empty, letters] = token.exec(text) ?? [];
    const parent = open.at(-1) ?? top;
    if (letters !== undefined) parent.text += textOf(letters);
    else if (name === "") throw new Error(`no XML at ${at}: ${text.slice(at, at + 60)}`);
    else if (closing !== undefined) {
      if (open.pop()?.name !== name || open.length === 0) throw new Error(`</${name}> closes nothing`);
    } else {
      const element: ReadElement = { name, attributes: attributesOf(attributes), children: [], text: "" };
      parent.children.push(element);
      if (empty === undefined) open.push(element);
    }
  }
  const [root] = top.children;
  if (open.length !== 1 || root === undefined || top.children.length !== 1 || top.text.trim() !== "")
    throw new Error("not one root");
  requireKnownPrefixes(root, new Set(["xml"]));
  return root;
};

/** Children of that name. */
export const all = (element: ReadElement, name: string): ReadElement[] =>
  element.children.filter((child) => child.name === name);

/** The one child of that name. Throws when there are none or several. */
export const one = (element: ReadElement, name: string): ReadElement => {
  const [found, ...more] = all(element, name);
  if (found === undefined || more.length > 0) throw new Error(`<${element.name}> has not one <${name}>`);
  return found;
};
