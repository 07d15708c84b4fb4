import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { overrideEnv } from "#lib/env.ts";
import { newId } from "#lib/ids.ts";
import { mediaUrl } from "#lib/playback/media-url.ts";

// The samples of docs/signed-playback.md, word for word: what a CDN or nginx would run.

type Check = (path: string) => boolean;

const key = randomBytes(32).toString("base64url");
const keys = `other:${randomBytes(32).toString("base64url")}, cdn:${key}`;
let folder = "";
let checks: Record<string, Check> = {};

const sampleOf = (docs: string, name: string): string => {
  const found = docs.split("```js\n").find((block) => block.startsWith(`// ${name}\n`));
  if (found === undefined) throw new Error(`docs/signed-playback.md has no ${name}`);
  return found.split("```")[0] ?? "";
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kinora-playback-"));
  const docs = await readFile(new URL("../../../docs/signed-playback.md", import.meta.url), "utf8");
  const load = async (name: string, file: string) => {
    await writeFile(join(folder, file), sampleOf(docs, name));
    return import(/* @vite-ignore */ pathToFileURL(join(folder, file)).href);
  };
  const verify = (await load("verify-playback.mjs", "verify-playback.mjs")).playbackVerifier(keys);
  // njs reads the same language; the variable is what `env PLAYBACK_KEYS;` gives it.
  const nginx = (await load("signed-playback.js", "signed-playback.mjs")).default;
  checks = {
    node: (path) => verify(path) === "valid",
    nginx: (path) => nginx.signed({ uri: path }) === "1",
  };
  overrideEnv({ AUTH_SECRET: "only-for-tests-only-for-tests-only-for-tests", PLAYBACK_KEYS: `cdn:${key}` });
});
afterAll(async () => {
  overrideEnv({ PLAYBACK_KEYS: undefined });
  await rm(folder, { recursive: true });
});

const video = () => ({ id: newId(), visibility: "private" as const, playbackVersion: 3 });
const address = (of = video(), now = new Date()) => mediaUrl({ key: `runs/${of.id}/r/360p/00000.m4s`, video: of, now });

describe.each(["node", "nginx"])("the sample for %s", (name) => {
  const passes = (path: string) => {
    overrideEnv({ PLAYBACK_KEYS: keys });
    const passed = checks[name]?.(path);
    overrideEnv({ PLAYBACK_KEYS: `cdn:${key}` });
    return passed;
  };

  it("lets through what Kinora signs, for a session and for a token", () => {
    expect(passes(address())).toBe(true);
    const of = video();
    const grant = { tokenId: newId(), expiresAt: new Date(Date.now() + 60_000) };
    const path = mediaUrl({ key: `runs/${of.id}/poster.jpg`, video: of, now: new Date(), grant });
    expect(path).toContain(grant.tokenId.replaceAll("-", ""));
    expect(passes(path)).toBe(true);
  });

  it("refuses what is edited, expired, another video's, or signed with an unknown key", () => {
    const path = address();
    const signature = path.split("/")[3] ?? "";
    const parts = signature.split(".");
    for (const bad of [
      parts.with(1, (Number.parseInt(parts[1] ?? "", 36) + 1).toString(36)),
      parts.with(2, "4"),
      parts.with(3, newId().replaceAll("-", "")),
      parts.with(0, "other"),
      parts.with(0, "none"),
      parts.with(4, "A".repeat(43)),
    ]) {
      expect(passes(path.replace(signature, bad.join("."))), bad.join(".")).toBe(false);
    }
    const stranger = address().split("/")[3] ?? "";
    expect(passes(path.replace(signature, stranger))).toBe(false);
    expect(passes(address(video(), new Date(Date.now() - 14 * 3_600_000)))).toBe(false);
    expect(passes(path.replace(/\/signed\/[^/]+/, ""))).toBe(false);
  });
});
