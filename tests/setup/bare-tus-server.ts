import { createServer } from "node:http";
import { FileStore } from "@tus/file-store";
import { Server } from "@tus/server";

// A process of its own, so that it shares no event loop with the client: `node bare-tus-server.ts <folder>`.
const [, , directory] = process.argv;
if (directory === undefined) throw new Error("Give the folder.");
const tus = new Server({ path: "/files", datastore: new FileStore({ directory }), relativeLocation: true });
const server = createServer((request, response) => {
  tus.handle(request, response).catch(() => response.destroy());
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object" && address !== null) process.send?.({ port: address.port });
});
process.on("disconnect", () => process.exit(0));
