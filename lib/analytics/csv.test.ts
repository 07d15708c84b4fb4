import { expect, test } from "vitest";
import { toCsv } from "#lib/analytics/csv.ts";

test("cells are quoted where they must be, and none is a formula", () => {
  const rows = [
    ['He said "no", twice', 3, -2.5],
    ["two\nlines", 0, 0],
    ["=HYPERLINK(1)", 0, 0],
    ["+1", 0, 0],
    ["-1", 0, 0],
    ["@sum", 0, 0],
    ["\t=1,2", 0, 0],
    ["Прогулянка", 0, 0],
  ];
  expect(toCsv({ header: ["title", "views", "change"], rows })).toBe(
    [
      "\uFEFFtitle,views,change",
      '"He said ""no"", twice",3,-2.5',
      '"two\nlines",0,0',
      "'=HYPERLINK(1),0,0",
      "'+1,0,0",
      "'-1,0,0",
      "'@sum,0,0",
      '"\'\t=1,2",0,0',
      "Прогулянка,0,0",
      "",
    ].join("\r\n"),
  );
});
