import { createReadStream } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { pipeline } from "node:stream";

// A process of its own, so that it shares no event loop with the client: `node bare-file-server.ts <folder>`.
const [, , directory] = process.argv;
if (directory === undefined) throw new Error("Give the folder.");
const server = createServer((request, response) => {
  const name = request.url === "/small" ? "small" : "large";
  pipeline(createReadStream(join(directory, name), { highWaterMark: 512 * 1024 }), response, () => undefined);
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object" && address !== null) process.send?.({ port: address.port });
});
process.on("disconnect", () => process.exit(0));
