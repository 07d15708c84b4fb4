import { expect, test } from "vitest";
import { usernameSchema } from "#lib/accounts/dto.ts";
import { suggestUsernames } from "#lib/accounts/external/suggest-username.ts";

test("takes the names as they are where they can be used", () => {
  expect(suggestUsernames(["ada", "ada.lovelace"], ["x1"])).toEqual(["ada", "ada-lovelace", "ada-x1"]);
});

test("leaves out what an address cannot hold, reserved names and short ones", () => {
  expect(suggestUsernames(["admin", "al", "Žofie Nováková"], ["x1"])).toEqual(["Zofie-Novakova", "admin-x1"]);
});

test("has a name for whoever has none in our letters", () => {
  expect(suggestUsernames(["Оксана", ""], ["7f3a"])).toEqual(["person-7f3a"]);
  expect(suggestUsernames([], ["7f3a"])).toEqual(["person-7f3a"]);
});

test("never gives one that sign-up would refuse", () => {
  const odd = ["-_-", "a".repeat(80), `${"b".repeat(29)}-`, "x y z", "__init__"];
  for (const name of suggestUsernames(odd, ["0123abcd"])) expect(usernameSchema.safeParse(name).success).toBe(true);
});
