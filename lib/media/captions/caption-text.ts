import type { CaptionFormat } from "#lib/media/captions/caption-cue.ts";

type Style = { b: boolean; i: boolean; u: boolean };
type Run = Style & { text: string };
/** What a piece of markup does to the words after it. */
type Effect = { kind: "style"; name: keyof Style; on: boolean } | { kind: "drawing"; on: boolean } | { kind: "reset" };
type Token = { kind: "text"; text: string } | { kind: "effects"; effects: Effect[] };

const plain: Style = { b: false, i: false, u: false };
const styleNames = ["b", "i", "u"] as const;

/** Visible characters and lines of one caption; what is beyond is cut. */
const maxCharacters = 1_000;
const maxLines = 8;

// Bounded, so that no row of opening signs makes the search go back and forth.
const tag = /<(\/?)([a-zA-Z][a-zA-Z0-9]{0,15})(?:[\s./][^<>]{0,300})?>|<\d[\d:.]{0,20}>/;
const overrideBlock = /\{[^{}]{0,600}\}/;
const override = /\\(?:(b|i|u)(\d{0,3})|(p)(\d{1,2})|(r)(?![a-z]))(?![a-zA-Z])/g;
const assToken = new RegExp(`${overrideBlock.source}|\\\\[Nnh]`, "g");
const markupToken = new RegExp(`${tag.source}|${overrideBlock.source}`, "g");

/** Tags of SRT files in the wild; other words in angle brackets are what somebody says. */
const knownTags = new Set([
  ...["font", "span", "c", "v", "lang", "ruby", "rt", "br", "s", "strike", "em", "strong", "p", "div", "center", "a"],
]);

const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", nbsp: "\u00a0", lrm: "\u200e", rlm: "\u200f" };

const codePoint = (code: number, otherwise: string) =>
  code > 31 && code < 0x110000 && !(code >= 0xd800 && code < 0xe000) ? String.fromCodePoint(code) : otherwise;

const decodeEntities = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-z]{2,4}));/g, (whole, decimal, hex, name) => {
    if (decimal !== undefined) return codePoint(Number(decimal), whole);
    if (hex !== undefined) return codePoint(Number.parseInt(hex, 16), whole);
    return Object.hasOwn(entities, name) ? (entities[name] ?? whole) : whole;
  });

const overrideEffects = (block: string): Effect[] =>
  [...block.matchAll(override)].map(([, style, amount, drawing, scale]): Effect => {
    if (drawing !== undefined) return { kind: "drawing", on: scale !== "0" };
    if (style === "b" || style === "i" || style === "u") {
      return { kind: "style", name: style, on: amount !== "0" && amount !== "" };
    }
    return { kind: "reset" };
  });

const tagEffects = (match: RegExpExecArray): Effect[] => {
  const name = match[2]?.toLowerCase();
  const on = match[1] !== "/";
  if (name === "b" || name === "strong") return [{ kind: "style", name: "b", on }];
  if (name === "i" || name === "em") return [{ kind: "style", name: "i", on }];
  return name === "u" ? [{ kind: "style", name: "u", on }] : [];
};

const isMarkup = (match: RegExpExecArray, format: CaptionFormat): boolean => {
  if (match[0].startsWith("{")) return match[0].startsWith("{\\") || format === "ass";
  const name = match[2]?.toLowerCase();
  if (format === "vtt" || name === undefined) return true;
  return name === "b" || name === "i" || name === "u" || knownTags.has(name);
};

const tokenOf = (match: RegExpExecArray, format: CaptionFormat): Token => {
  const [found] = match;
  if (found.startsWith("\\")) return { kind: "text", text: found === "\\h" ? " " : "\n" };
  if (!isMarkup(match, format)) return { kind: "text", text: found };
  if (match[2]?.toLowerCase() === "br") return { kind: "text", text: "\n" };
  return { kind: "effects", effects: found.startsWith("{") ? overrideEffects(found) : tagEffects(match) };
};

/** Cuts a text at its markup. */
const tokens = (raw: string, format: CaptionFormat): Token[] => {
  const found: Token[] = [];
  const pattern = new RegExp(format === "ass" ? assToken : markupToken);
  let at = 0;
  for (let match = pattern.exec(raw); match !== null; match = pattern.exec(raw)) {
    if (match.index > at) found.push({ kind: "text", text: raw.slice(at, match.index) });
    found.push(tokenOf(match, format));
    at = match.index + match[0].length;
  }
  if (at < raw.length) found.push({ kind: "text", text: raw.slice(at) });
  return found;
};

const styledRuns = (list: readonly Token[], format: CaptionFormat): Run[] => {
  const runs: Run[] = [];
  let style = plain;
  let drawing = false;
  const apply = (effect: Effect) => {
    if (effect.kind === "drawing") drawing = effect.on;
    else style = effect.kind === "reset" ? plain : { ...style, [effect.name]: effect.on };
  };
  for (const token of list) {
    if (token.kind === "effects") token.effects.forEach(apply);
    // A drawing's numbers are no words.
    else if (!drawing) runs.push({ ...style, text: format === "ass" ? token.text : decodeEntities(token.text) });
  }
  return runs;
};

const tidyCharacters = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n?/g, "\n")
    .replace(/\t/g, " ")
    // Signs of writing direction stay: right-to-left languages need them.
    .replace(/(?!\n)[\p{Cc}\ufeff\ufffc]/gu, "");

type Character = Style & { sign: string };

const charactersOf = (runs: readonly Run[]): Character[] =>
  runs.flatMap(({ text, ...style }) => [...tidyCharacters(text)].map((sign) => ({ ...style, sign })));

const isSpace = ({ sign }: Character) => /\s/.test(sign);

/** Lines without blank ends; empty ones, which would end a WebVTT cue, are left out. */
const linesOf = (characters: readonly Character[]): Character[][] => {
  const lines: Character[][] = [[]];
  for (const one of characters) {
    if (one.sign === "\n") lines.push([]);
    else lines.at(-1)?.push(one);
  }
  return lines
    .map((line) =>
      line.slice(line.findIndex((one) => !isSpace(one)) >>> 0, line.findLastIndex((one) => !isSpace(one)) + 1),
    )
    .filter((line) => line.length > 0)
    .slice(0, maxLines);
};

const cut = (lines: readonly Character[][]): Character[][] => {
  let room = maxCharacters;
  return lines.flatMap((line) => {
    if (room <= 0) return [];
    const kept = line.slice(0, room);
    room -= line.length;
    const [last] = kept.slice(-1);
    return [room < 0 && last !== undefined ? [...kept.slice(0, -1), { ...last, sign: "…" }] : kept];
  });
};

const escapeSign = (sign: string) => (sign === "&" ? "&amp;" : sign === "<" ? "&lt;" : sign === ">" ? "&gt;" : sign);

const sameStyle = (a: Style, b: Style) => styleNames.every((name) => a[name] === b[name]);

/** Tags open and close around each stretch of one style, so they are balanced whatever the source did. */
const lineMarkup = (line: readonly Character[]): string => {
  const stretches: { style: Style; text: string }[] = [];
  for (const { sign, ...style } of line) {
    const last = stretches.at(-1);
    if (last !== undefined && sameStyle(last.style, style)) last.text += escapeSign(sign);
    else stretches.push({ style, text: escapeSign(sign) });
  }
  return stretches
    .map(({ style, text }) => {
      const open = text.trim() === "" ? [] : styleNames.filter((name) => style[name]);
      const closing = open.toReversed();
      return `${open.map((name) => `<${name}>`).join("")}${text}${closing.map((name) => `</${name}>`).join("")}`;
    })
    .join("");
};

/**
 * Makes a WebVTT payload of a caption's raw words: keeps bold, italic and underline, drops every other mark, position
 * and drawing, escapes what is left, and bounds it. Empty when there are no words.
 */
export const captionText = ({ raw, format }: { raw: string; format: CaptionFormat }): string => {
  // Long before anything is cut at its visible length, so that hostile markup costs no more than its share.
  const bounded = raw.slice(0, 20_000);
  const characters = charactersOf(styledRuns(tokens(bounded, format), format));
  return cut(linesOf(characters)).map(lineMarkup).join("\n");
};
