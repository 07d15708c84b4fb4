import { describe, expect, test } from "vitest";
import { identityOfClaims, identityOfGitHub } from "#lib/accounts/external/identity.ts";

describe("claims of an OpenID Connect server", () => {
  test("become an identity", () => {
    const claims = {
      sub: "a1",
      email: "Ada@Example.org",
      email_verified: true,
      preferred_username: "ada",
      name: "Ada L.",
    };
    expect(identityOfClaims(claims, "google")).toEqual({
      provider: "google",
      subject: "a1",
      email: "Ada@Example.org",
      emailVerified: true,
      handles: ["ada", "Ada", "Ada L."],
      displayName: "Ada L.",
    });
  });

  test.each([
    [true, true],
    ["true", true],
    [false, false],
    ["false", false],
    ["yes", false],
    [1, false],
    [undefined, false],
  ])("email_verified %j means %j", (said, verified) => {
    expect(identityOfClaims({ sub: "a", email: "a@example.org", email_verified: said }, "x").emailVerified).toBe(
      verified,
    );
  });

  test("an address that is none counts as none, verified or not", () => {
    const identity = identityOfClaims({ sub: "a", email: "no address", email_verified: true }, "x");
    expect([identity.email, identity.emailVerified]).toEqual([null, false]);
  });

  test("nobody is nobody", () => {
    for (const claims of [null, {}, { sub: "" }, { sub: 7 }]) expect(() => identityOfClaims(claims, "x")).toThrow();
  });
});

describe("GitHub's answers", () => {
  const user = { id: 7, login: "ada", name: null };
  const mail = (email: string, primary: boolean, verified: boolean) => ({ email, primary, verified });

  test("the primary address counts, as verified as it is", () => {
    const emails = [mail("old@example.org", false, true), mail("ada@example.org", true, false)];
    expect(identityOfGitHub({ ...user, emails })).toMatchObject({
      ...{ provider: "github", subject: "7", email: "ada@example.org", emailVerified: false, displayName: "ada" },
    });
  });

  test("without addresses there is none", () => {
    expect(identityOfGitHub(user)).toMatchObject({ email: null, emailVerified: false });
    expect(identityOfGitHub({ ...user, emails: { message: "Not Found" } }).email).toBeNull();
  });

  test("nobody is nobody", () => {
    expect(() => identityOfGitHub({ message: "Bad credentials" })).toThrow();
  });
});
