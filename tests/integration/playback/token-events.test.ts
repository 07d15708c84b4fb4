import { afterAll, beforeAll, expect, it } from "vitest";
import { makePlaybackToken, revokePlaybackToken } from "#lib/playback/playback-tokens.ts";
import { editVideo } from "#lib/videos/edit-video.ts";
import { closeEventStreams } from "#lib/web/streams/event-streams.ts";
import { makeBearer } from "#tests/factories/bearer.ts";
import { listenTo } from "#tests/factories/event-client.ts";
import { makeVideo } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { serveRoutes } from "#tests/setup/serve-routes.ts";
import { GET } from "../../../app/api/v1/videos/[videoId]/events/route.ts";

testDatabase();

let server: Awaited<ReturnType<typeof serveRoutes>>;
beforeAll(async () => {
  server = await serveRoutes([{ path: /^\/videos\/(?<videoId>[^/]+)$/, module: { GET } }]);
});
afterAll(async () => {
  closeEventStreams();
  await server.stop();
});

it("a playback token follows its private video, with addresses of its own, until it is revoked", async () => {
  const owner = await makeBearer();
  const { id: videoId } = await makeVideo({ creatorId: owner.user.id, channelId: owner.channel.id, status: "ready" });
  const expiresAt = new Date(Date.now() + 60_000).toISOString();
  const made = { viewer: owner.account, videoId };
  const { token, id: tokenId } = await makePlaybackToken({ ...made, token: { expiresAt, note: "", sites: [] } });
  const address = `${server.url}/videos/${videoId}`;
  expect((await fetch(address)).status).toBe(404);
  expect((await fetch(`${address}?token=${token}x`)).status).toBe(403);
  expect((await fetch(`${address}?token=${"x".repeat(200)}`)).status).toBe(403);
  const stream = await listenTo(`${address}?token=${token}`, {});
  await stream.next((event) => event.name === "changed" && event.data.id === videoId);
  await editVideo({ ...made, patch: { title: "Before" } });
  await stream.next((event) => event.data.title === "Before");
  await revokePlaybackToken({ ...made, tokenId });
  await editVideo({ ...made, patch: { title: "After" } });
  // Somebody who may see it hears of the last change; then it would have come to the token too.
  const own = await listenTo(address, owner.headers);
  await own.next((event) => event.data.title === "After");
  expect(stream.heard.some((event) => event.data.title === "After")).toBe(false);
  stream.stop();
  own.stop();
});
