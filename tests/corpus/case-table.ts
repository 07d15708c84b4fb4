import type { CorpusCase, Topic } from "#tests/corpus/corpus-case.ts";
import { corpus } from "#tests/corpus/index.ts";

const headings: Record<Topic, string> = {
  picture: "Pictures",
  time: "Times and tracks",
  sound: "Sound",
  codec: "Codings",
  container: "Containers",
  damage: "Broken, empty and locked files",
};

const becomes = ({ expected }: CorpusCase): string => {
  if (expected.outcome === "failed") return `refused: \`${expected.code}\``;
  const tracks = expected.audioTracks === 1 ? "sound" : `${expected.audioTracks} tracks of sound`;
  const sound = expected.audioTracks === 0 ? "no sound" : tracks;
  return `${expected.width}x${expected.height}, ${expected.seconds} s, ${sound}${expected.inSync ? ", in sync" : ""}`;
};

/** A table with even columns, as the formatter leaves it. */
const evenTable = (rows: readonly (readonly string[])[]): string[] => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[], fill: string) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0, fill)).join(" | ")} |`;
  const [head = [], ...body] = rows;
  const rule = line(
    head.map(() => ""),
    "-",
  );
  return [line(head, " "), rule, ...body.map((row) => line(row, " "))];
};

const section = ({ topic, cases }: (typeof corpus)[number]): string =>
  [
    `### ${headings[topic]}`,
    "",
    ...evenTable([
      ["file", "what is special about it", "becomes"],
      ...cases.map((entry) => [entry.name, entry.about, becomes(entry)]),
    ]),
    "",
  ].join("\n");

const marks = { from: "<!-- the table of cases; npm run test:corpus writes it -->", to: "<!-- end of the table -->" };

/** Puts the table of cases between its marks in a document. Throws when the document has no marks. */
export const withCaseTable = (document: string): string => {
  const from = document.indexOf(marks.from);
  const to = document.indexOf(marks.to);
  if (from < 0 || to < from) throw new Error("the document has no place for the table");
  const table = corpus.map(section).join("\n");
  return `${document.slice(0, from + marks.from.length)}\n\n${table}\n${document.slice(to)}`;
};
