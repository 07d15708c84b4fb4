import { serveObject } from "#lib/playback/serve-object.ts";
import { objectStore } from "#lib/storage/index.ts";
import { serveRoutes } from "#tests/setup/serve-routes.ts";

// Kinora's own delivery of one run's files in a process of its own, with and without the meter of delivered bytes:
// `node metered-file-server.ts <prefix> <video id> <owner id>`, then GET /on/<name> and /off/<name>.
const [, , prefix, videoId, ownerId] = process.argv;
if (prefix === undefined || videoId === undefined || ownerId === undefined) throw new Error("Give prefix and ids.");

// Opened before the first request: what is wrong with the configuration is told now, and nobody waits for an answer.
const store = objectStore();

const deliver = (request: Request): Promise<Response> => {
  const [, meter, name] = new URL(request.url).pathname.split("/");
  return serveObject({
    ...{ store, key: `${prefix}${name}`, request, requestId: "bench", kind: "segment", gzip: false },
    headers: { "Content-Type": "video/mp4" },
    counted: meter === "on" ? { videoId, ownerId } : undefined,
  });
};

const { url } = await serveRoutes([{ path: /^\/(on|off)\//, module: { GET: deliver } }]);
process.send?.({ url });
// Asked for its processor time so far, in microseconds.
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ processorMicros: user + system });
});
process.on("disconnect", () => process.exit(0));
