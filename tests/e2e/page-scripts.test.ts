import { get } from "node:http";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Site, startSite } from "#tests/setup/site.ts";

let site: Site;

beforeAll(async () => {
  site = await startSite();
});

afterAll(() => site?.stop());

type Answer = { status: number | undefined; headers: NodeJS.Dict<string | string[]>; body: Buffer };

/** As it comes: `fetch` would undo the encoding. */
const read = (url: string, headers: Record<string, string>): Promise<Answer> =>
  new Promise((resolve, reject) => {
    get(url, { headers }, (response) => {
      const pieces: Buffer[] = [];
      response.on("data", (piece: Buffer) => pieces.push(piece));
      response.on("end", () =>
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(pieces) }),
      );
    }).on("error", reject);
  });

test("scripts and style sheets come as brotli to whom takes it, as gzip or plain to others, and are never mixed up", async () => {
  const page = await (await fetch(site.url)).text();
  const paths = [/\/_next\/static\/[^"]+\.js/, /\/_next\/static\/[^"]+\.css/].map((path) => path.exec(page)?.[0]);
  for (const path of paths) {
    const url = `${site.url}${path}`;
    const [small, usual, plain] = await Promise.all([
      read(url, { "accept-encoding": "gzip, deflate, br, zstd" }),
      read(url, { "accept-encoding": "gzip" }),
      read(url, {}),
    ]);
    expect([small, usual, plain].map(({ headers }) => headers["content-encoding"])).toEqual(["br", "gzip", undefined]);
    expect(brotliDecompressSync(small.body).equals(plain.body)).toBe(true);
    expect(gunzipSync(usual.body).equals(plain.body)).toBe(true);
    expect(small.body.length).toBeLessThan(usual.body.length);
    for (const { headers } of [small, usual, plain]) {
      expect(headers["content-type"]).toBe(plain.headers["content-type"]);
      expect(headers["cache-control"]).toBe("public, max-age=31536000, immutable");
      expect(headers["vary"]).toMatch(/accept-encoding/i);
      expect(headers["x-content-type-options"]).toBe("nosniff");
    }
    const etag = String(small.headers["etag"]);
    expect(etag).not.toBe(plain.headers["etag"]);
    const again = await read(url, { "accept-encoding": "br", "if-none-match": etag });
    expect([again.status, again.body.length]).toEqual([304, 0]);
    const refused = await read(url, { "accept-encoding": "br;q=0" });
    expect(refused.headers["content-encoding"]).toBeUndefined();
    const part = await read(url, { "accept-encoding": "br", range: "bytes=0-9" });
    expect([part.status, part.headers["content-encoding"], part.body]).toEqual([
      206,
      undefined,
      plain.body.subarray(0, 10),
    ]);
  }
});
