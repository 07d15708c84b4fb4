import { NextRequest } from "next/server";
import { beforeAll, describe, expect, it } from "vitest";
import { transaction } from "#lib/db/client.ts";
import { putChannelSharing, putVideoSharing } from "#lib/db/queries/sharing/settings.ts";
import { newId } from "#lib/ids.ts";
import { makePlaybackToken, revokePlaybackToken } from "#lib/playback/playback-tokens.ts";
import { openEmbed } from "#lib/sharing/open-embed.ts";
import { makeBearer } from "#tests/factories/bearer.ts";
import { makeVideo } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { proxy } from "../../../proxy.ts";

testDatabase();

let owner: Awaited<ReturnType<typeof makeBearer>>;
beforeAll(async () => {
  owner = await makeBearer();
});

/** `frame-ancestors` of a page's policy, as a browser reads it. */
const framesOf = async (path: string) => {
  const response = await proxy(new NextRequest(`https://video.example.org${path}`));
  const policy = response.headers.get("content-security-policy") ?? "";
  const directives = policy.split("; ").filter((directive) => directive.startsWith("frame-ancestors "));
  expect(directives).toHaveLength(1);
  return directives[0]?.slice("frame-ancestors ".length);
};
type Values = Parameters<typeof makeVideo>[0];
const made = (values: Values = {}, person = owner) =>
  makeVideo({
    ...{ creatorId: person.user.id, channelId: person.channel.id, status: "ready", visibility: "public" },
    ...{ publishedAt: new Date(), ...values },
  });
const tokenOf = (videoId: string, sites: string[] = []) =>
  makePlaybackToken({
    ...{ viewer: owner.account, videoId },
    token: { expiresAt: new Date(Date.now() + 60_000).toISOString(), note: "", sites },
  });
const allow = (channelId: string, embedding: "anywhere" | "listed" | "nowhere", sites: string[] = []) =>
  transaction((tx) => putChannelSharing(tx, { channelId, embedding, sites }));
const opened = (videoId: string, token?: string, framed = true) => openEmbed({ viewer: null, videoId, token, framed });

describe("embeds", () => {
  it("are the only pages that other sites may frame", async () => {
    const video = await made();
    expect(await framesOf(`/embed/${video.id}?autoplay=1`)).toBe("*");
    for (const path of [
      "/",
      `/watch/${video.id}`,
      `/embed/${video.id}/x`,
      `/embed/${video.id.replace("-", "%2D")}`,
      "/embed",
      "/studio",
      "/login",
    ]) {
      expect(await framesOf(path), path).toBe("'none'");
    }
    expect(await opened(video.id)).toMatchObject({ state: "plays", video: { id: video.id, title: video.title } });
  });

  it("stand only in the frames of a channel's sites, where it names some", async () => {
    const person = await makeBearer();
    const video = await made({}, person);
    await allow(person.channel.id, "listed", ["example.org", "*.example.net"]);
    const sites = "https://example.org http://example.org https://*.example.net http://*.example.net";
    expect(await framesOf(`/embed/${video.id}`)).toBe(`'self' ${sites}`);
    await allow(person.channel.id, "listed");
    expect(await framesOf(`/embed/${video.id}`)).toBe("'self'");
    await allow(person.channel.id, "anywhere", ["example.org"]);
    expect(await framesOf(`/embed/${video.id}`)).toBe("*");
  });

  it("show nothing where the owner wants none, and say so anywhere", async () => {
    const person = await makeBearer();
    const video = await made({}, person);
    await allow(person.channel.id, "nowhere");
    expect(await opened(video.id)).toEqual({ state: "closed" });
    expect(await framesOf(`/embed/${video.id}`)).toBe("*");
    await allow(person.channel.id, "anywhere");
    await transaction((tx) => putVideoSharing(tx, { videoId: video.id, embeddable: false, downloadable: true }));
    expect(await opened(video.id)).toEqual({ state: "closed" });
  });

  it("have nothing of what a stranger may not see, token or not", async () => {
    for (const values of [{ visibility: "private" }, { deletedAt: new Date() }, { takenDownAt: new Date() }] as const) {
      const video = await made(values);
      await expect(opened(video.id)).rejects.toMatchObject({ code: "not_found" });
    }
    await expect(opened(newId())).rejects.toMatchObject({ code: "not_found" });
    const video = await made({ visibility: "private" });
    await expect(opened(video.id, "kip_guessed")).rejects.toMatchObject({ code: "forbidden" });
    expect((await opened((await made({ visibility: "unlisted" })).id)).state).toBe("plays");
  });

  it("open private videos to a token, and only on its sites where it names some", async () => {
    const video = await made({ visibility: "private" });
    const { token } = await tokenOf(video.id);
    expect((await opened(video.id, token, false)).state).toBe("plays");
    expect(await framesOf(`/embed/${video.id}?token=${token}`)).toBe("*");
    const bound = await tokenOf(video.id, ["school.example"]);
    expect(await framesOf(`/embed/${video.id}?token=${bound.token}`)).toBe(
      "'self' https://school.example http://school.example",
    );
    expect((await opened(video.id, bound.token)).state).toBe("plays");
    // Opened by itself, outside of every frame.
    expect(await opened(video.id, bound.token, false)).toEqual({ state: "unframed" });
    await revokePlaybackToken({ viewer: owner.account, videoId: video.id, tokenId: bound.id });
    await expect(opened(video.id, bound.token)).rejects.toMatchObject({ code: "forbidden" });
  });
});
