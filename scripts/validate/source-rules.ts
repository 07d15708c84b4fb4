import { fromFindings, type Gate } from "#scripts/validate/gate.ts";
import { codeFolders, readSources, type SourceFile, typescript } from "#scripts/validate/source-files.ts";

const maxLines = 400;
const isTest = (path: string) => path.startsWith("tests/") || /\.test\.tsx?$/.test(path);

/** Text without block comments and whole-line comments, line by line, so that what they mention is not found. */
const codeLines = (text: string) =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ""))
    .split("\n")
    .map((line) => (/^\s*(\/\/|\*)/.test(line) ? "" : line));

/** `path:line text` of every line of code that matches. */
export const matchingLines = ({ path, text }: SourceFile, pattern: RegExp): readonly string[] =>
  codeLines(text).flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1} ${line.trim()}`] : []));

const colour =
  /(?<![\w&-])#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})(?![\w-])|\b(?:rgba?|hsla?|oklch|oklab|lab|lch|hwb)\(\s*[\d.]/;

/** Where colours have values: the theme, and mails, whose readers' programs know no variables. */
const colourFiles = ["app/globals.css", "lib/mail/mail-colours.ts"];

/** Colours are variables of the theme; their values stand in `colourFiles` alone. */
export const coloursGate: Gate = {
  name: "colours",
  run: async () => {
    const files = await readSources(["app", "components", "lib/mail"], /\.(tsx?|css)$/);
    const checked = files.filter(({ path }) => !colourFiles.includes(path) && !isTest(path));
    return fromFindings(checked.flatMap((file) => matchingLines(file, colour)));
  },
};

const sqlMark = /\bsql\s*(?:<[^>]*>)?\s*`|\.unsafe\(|^import (?!type\b).*from "(?:drizzle-orm|postgres)(?:\/[^"]*)?"/;
const mayHoldSql = (path: string) => /^(lib\/db\/|tests\/|scripts\/)/.test(path) || isTest(path);

/** SQL stands in lib/db alone, beside the tables it speaks of. */
export const sqlPlaceGate: Gate = {
  name: "sql in lib/db only",
  run: async () => {
    const files = await readSources(["app", "components", "lib", "worker"], typescript);
    return fromFindings(files.filter(({ path }) => !mayHoldSql(path)).flatMap((file) => matchingLines(file, sqlMark)));
  },
};

/** No file is longer than a person reads in one go. */
export const fileLengthGate: Gate = {
  name: "file length",
  run: async () => {
    const files = await readSources([...codeFolders], /\.(tsx?|mjs|css)$/);
    return fromFindings(
      files.flatMap(({ path, text }) => {
        const lines = text.split("\n").length - 1;
        return lines > maxLines ? [`${path} has ${lines} lines; at most ${maxLines}.`] : [];
      }),
    );
  },
};
