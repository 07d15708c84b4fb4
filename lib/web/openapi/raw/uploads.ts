import { z } from "zod";
import { idSchema } from "#lib/ids.ts";
import type { RawDescription } from "#lib/web/openapi/description.ts";

const params = z.object({ uploadId: idSchema });
const protocol = { "Tus-Resumable!": "`1.0.0`." };
const spoken = { "Tus-Resumable": "`1.0.0`." };
const expires = { "Upload-Expires": "When an unfinished upload is removed." };
const offset = { "Upload-Offset": "Bytes that are safely stored." };

/** Creation of an upload, with its first bytes or without (tus 1.0.0: creation, creation-with-upload). */
export const uploadCreation: RawDescription = {
  requestHeaders: {
    ...protocol,
    "Upload-Length!": "Size of the file in bytes.",
    "Upload-Metadata":
      "Pairs of a name and a base64 text, parted by commas: `filename`, `filetype`, `title`, `visibility`, `channelId`, `options` (JSON: `audio`, `audioOnly`, `normalize`, `watermarkId`), `replaces`.",
  },
  requestContent: { "application/offset+octet-stream": "bytes" },
  answers: {
    201: {
      description: "The upload and its video exist.",
      headers: {
        ...spoken,
        ...expires,
        ...offset,
        Location: "Address of the upload.",
        "Kinora-Video-Id": "Id of the video.",
      },
    },
  },
};

/** What the endpoint speaks. */
export const uploadOptions: RawDescription = {
  answers: {
    204: {
      description: "Versions, extensions and the largest file.",
      headers: {
        ...spoken,
        "Tus-Version": "Served versions.",
        "Tus-Extension": "Served extensions.",
        "Tus-Max-Size": "Largest file in bytes, when there is a limit.",
      },
    },
  },
};

/** The same at the address of an upload. */
export const uploadOwnOptions: RawDescription = { ...uploadOptions, params };

/** How far an upload has come. */
export const uploadOffset: RawDescription = {
  params,
  requestHeaders: protocol,
  answers: {
    200: {
      description: "How far it has come.",
      headers: {
        ...spoken,
        ...offset,
        ...expires,
        "Upload-Length": "Size of the file.",
        "Upload-Metadata": "As sent.",
      },
    },
  },
};

/** The next bytes of an upload. */
export const uploadBytes: RawDescription = {
  params,
  requestHeaders: { ...protocol, "Upload-Offset!": "Where the bytes begin: what `HEAD` gave." },
  requestContent: { "application/offset+octet-stream": "bytes" },
  answers: { 204: { description: "The bytes are stored.", headers: { ...spoken, ...offset, ...expires } } },
};

/** The end of an unfinished upload. */
export const uploadEnd: RawDescription = {
  params,
  requestHeaders: protocol,
  answers: { 204: { description: "The upload and its video are gone.", headers: spoken } },
};
