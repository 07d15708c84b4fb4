import { expect, test } from "vitest";
import { icuArguments } from "#scripts/validate/icu-arguments.ts";

test("plain arguments, formats and tags are found once each", () => {
  expect(icuArguments("{name} has {count, number} in <b>{name}</b>")).toEqual(["<b>", "count", "name"]);
});

test("words inside choices are no arguments, arguments inside them are", () => {
  expect(icuArguments("{count, plural, one {file of {owner}} other {# files}}")).toEqual(["count", "owner"]);
});

test("a brace too many or too few is refused", () => {
  expect(() => icuArguments("{name")).toThrow(SyntaxError);
  expect(() => icuArguments("name}")).toThrow(SyntaxError);
});
