/** An element of an XML document; texts among its children are escaped when it is written. */
export type XmlElement = {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: readonly (XmlElement | string)[];
};

/** What XML 1.0 (2.2, Char) has no place for, not even escaped: most control characters, halves of pairs, U+FFFE, U+FFFF. */
const impossible = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };

const escapeText = (text: string): string =>
  text.replaceAll(impossible, "").replaceAll(/[&<>"']/g, (letter) => entities[letter] ?? letter);

/** Line ends and tabs in attributes become spaces when they are read (3.3.3), unless they are written as references. */
const escapeAttribute = (text: string): string =>
  escapeText(text).replaceAll(/[\t\n\r]/g, (letter) => `&#${letter.charCodeAt(0)};`);

type Child = XmlElement | string | null;

/** An element with attributes; children that are null are left out. */
export const element = (name: string, attributes: Record<string, string>, ...children: Child[]): XmlElement => ({
  name,
  attributes,
  children: children.filter((child) => child !== null),
});

/** An element that holds a text, or nothing at all for an empty one. */
export const textElement = (name: string, text: string | number | null): XmlElement | null =>
  text === null || text === "" ? null : element(name, {}, String(text));

/** An element as text. */
export const writeElement = ({ name, attributes, children }: XmlElement): string => {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeAttribute(value)}"`);
  const inside = children.map((child) => (typeof child === "string" ? escapeText(child) : writeElement(child)));
  return inside.length === 0
    ? `<${name}${written.join("")}/>`
    : `<${name}${written.join("")}>${inside.join("")}</${name}>`;
};

/** What every document begins with. */
export const xmlDeclaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** A whole document. */
export const writeXml = (root: XmlElement): string => `${xmlDeclaration}${writeElement(root)}\n`;
