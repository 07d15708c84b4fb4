import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { route } from "#lib/web/route.ts";
import { type ServedRoute, serveRoutes } from "#tests/setup/serve-routes.ts";

const responseOf = (length: number) => ({ text: "ї".repeat(length) });
const spec = {
  name: "test.whole",
  identity: "ignore",
  rateClass: "none",
  query: z.object({ length: z.coerce.number() }),
  response: z.object({ text: z.string() }),
} as const;
const GET = route({ ...spec, summary: "", description: "" }, async ({ query }) => responseOf(query.length));
const routes: ServedRoute[] = [{ path: /^\/whole$/, module: { GET, HEAD: GET } }];

let served: Awaited<ReturnType<typeof serveRoutes>>;
beforeAll(async () => {
  served = await serveRoutes(routes);
});
afterAll(() => served.stop());

/** What came of an answer, piece by piece as it was read from the connection. */
const piecesOf = async (path: string, method = "GET"): Promise<string[]> => {
  const { hostname, port } = new URL(served.url);
  const { promise, resolve, reject } = Promise.withResolvers<string[]>();
  const pieces: Buffer[] = [];
  const socket = connect(Number(port), hostname);
  socket.on("data", (piece) => pieces.push(piece));
  socket.on("error", reject).on("close", () => resolve(pieces.map((piece) => piece.toString("utf8"))));
  socket.write(`${method} ${path} HTTP/1.1\r\nHost: ${hostname}\r\nConnection: close\r\n\r\n`);
  return promise;
};

test("a JSON answer says how long it is and comes in one piece", async () => {
  const pieces = await piecesOf("/whole?length=100");
  expect(pieces).toHaveLength(1);
  const [head = "", body = ""] = pieces.join("").split("\r\n\r\n");
  expect(JSON.parse(body)).toEqual(responseOf(100));
  expect(head.toLowerCase()).toContain(`content-length: ${Buffer.byteLength(body)}`);
  expect(head.toLowerCase()).not.toContain("x-kinora");
  expect(head.toLowerCase()).not.toContain("transfer-encoding");
});

test("one that is larger than what a connection takes at once comes whole", async () => {
  const body = (await (await fetch(`${served.url}/whole?length=3000000`)).json()) as { text: string };
  expect(body.text.length).toBe(3_000_000);
});

test("HEAD tells the length and ends at once", async () => {
  const [head = "", body] = (await piecesOf("/whole?length=100", "HEAD")).join("").split("\r\n\r\n");
  expect(body).toBe("");
  expect(head).toContain("200");
});
