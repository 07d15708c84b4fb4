import { createServer } from "node:http";

/** Another site on this machine: each of its pages has a frame of what `?src=` names, which may play by itself. */
export const startOtherOrigin = async (): Promise<{ port: number; stop: () => Promise<void> }> => {
  const server = createServer((request, response) => {
    const asked = new URL(request.url ?? "/", "http://other.test").searchParams.get("src") ?? "";
    const src = asked.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
    response.end(`<!doctype html><title>A blog</title><h1>A blog</h1>
      <iframe src="${src}" width="640" height="360" allow="autoplay; fullscreen; picture-in-picture"></iframe>`);
  });
  const listening = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", listening.resolve);
  await listening.promise;
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    stop: async () => {
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      server.closeAllConnections();
      await closed.promise;
    },
  };
};
