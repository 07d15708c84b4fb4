import { expect, test } from "vitest";
import { pathOfFile } from "#lib/web/openapi/route-entry.ts";

test.each([
  ["app/healthz/route.ts", "/healthz", []],
  ["app/api/v1/videos/[videoId]/captions/[captionId]/route.ts", "/api/v1/videos/{videoId}/captions/{captionId}", []],
  ["app/media/[...key]/route.ts", "/media/{key}", ["key"]],
  ["app/api/[[...rest]]/route.ts", "/api/{rest}", ["rest"]],
  ["app/(site)/feed.xml/route.ts", "/feed.xml", []],
  ["app/.well-known/jwks.json/route.ts", "/.well-known/jwks.json", []],
])("the address of %s is %s", (file, path, openEnded) => {
  expect(pathOfFile(file)).toEqual({ path, openEnded });
});
