import { expect, test } from "vitest";
import { readSignInServices } from "#lib/sign-in-services.ts";

const oidc = { OIDC_ISSUER: "https://id.example.org/realm", OIDC_CLIENT_ID: "kinora", OIDC_CLIENT_SECRET: "s3cret" };

test("nothing is configured unless somebody does it", () => {
  expect(readSignInServices({})).toEqual({ services: { github: null, google: null, oidc: null }, faults: [] });
});

test("whole sets are taken; an issuer without a name is called by its host", () => {
  const { services, faults } = readSignInServices({
    ...oidc,
    GITHUB_CLIENT_ID: "gh",
    GITHUB_CLIENT_SECRET: "gh-secret",
    GOOGLE_CLIENT_ID: " ",
  });
  expect(faults).toEqual([]);
  expect(services.github).toEqual({ clientId: "gh", clientSecret: "gh-secret" });
  expect(services.google).toBeNull();
  expect(services.oidc).toMatchObject({ issuer: "https://id.example.org/realm", name: "id.example.org" });
  expect(readSignInServices({ ...oidc, OIDC_NAME: "Campus" }).services.oidc?.name).toBe("Campus");
});

test.each([
  [{ GITHUB_CLIENT_ID: "gh" }, "GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET go together"],
  [{ GOOGLE_CLIENT_SECRET: "x" }, "GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET go together"],
  [{ OIDC_ISSUER: "https://id.example.org" }, "OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET go together"],
  [{ OIDC_NAME: "Campus" }, "OIDC_NAME is of no use"],
  [{ ...oidc, OIDC_ISSUER: "http://id.example.org" }, "OIDC_ISSUER must be an https address"],
  [{ ...oidc, OIDC_ISSUER: "https://id.example.org?x=1" }, "OIDC_ISSUER must be an https address"],
  [{ ...oidc, OIDC_ISSUER: "campus" }, "OIDC_ISSUER must be an https address"],
])("%j is refused with a sentence", (source, fault) => {
  const { faults } = readSignInServices(source);
  expect(faults).toHaveLength(1);
  expect(faults[0]).toContain(fault);
});

test("an issuer on this very machine may speak http", () => {
  expect(readSignInServices({ ...oidc, OIDC_ISSUER: "http://localhost:4000" }).faults).toEqual([]);
});
