import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { BrowserContext } from "playwright-core";
import type { Site } from "#tests/setup/site.ts";

const encoded = (text: string) => Buffer.from(text).toString("base64");

/**
 * Opens an upload through the API with the person's own session, as a program would. Gives the video's id, and `send`,
 * which sends the bytes and ends when the last one is answered.
 */
export const openUpload = async (input: { site: Site; context: BrowserContext; file: string }) => {
  const { site, context, file } = input;
  const bytes = await readFile(file);
  const headers = { "Tus-Resumable": "1.0.0", Origin: site.url };
  const metadata = `filename ${encoded(basename(file))}`;
  const created = await context.request.post(`${site.url}/api/v1/uploads`, {
    headers: { ...headers, "Upload-Length": String(bytes.byteLength), "Upload-Metadata": metadata },
  });
  if (created.status() !== 201) throw new Error(`POST ${created.status()}: ${await created.text()}`);
  const { location = "", "kinora-video-id": videoId = "" } = created.headers();
  const send = async () => {
    const sent = await context.request.patch(new URL(location, site.url).href, {
      headers: { ...headers, "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream" },
      data: bytes,
    });
    if (sent.status() !== 204) throw new Error(`PATCH ${sent.status()}: ${await sent.text()}`);
  };
  return { videoId, send };
};
