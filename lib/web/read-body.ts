import { AppError } from "#lib/errors.ts";

/** Largest JSON body that is read. */
export const maxBodyBytes = 1024 * 1024;

const isJson = (contentType: string | null) => /^application\/([a-z0-9.+-]+\+)?json\s*(;|$)/i.test(contentType ?? "");

const tooLarge = (limit: number) =>
  new AppError("too_large", { message: `The body is larger than ${Math.floor(limit / 1024)} KiB.` });

/** Reads at most `limit` bytes. Throws `too_large` as soon as there are more, without reading on. */
export const readBytes = async (request: Request, limit = maxBodyBytes): Promise<Buffer> => {
  if (Number(request.headers.get("content-length") ?? 0) > limit) throw tooLarge(limit);
  if (request.body === null) return Buffer.alloc(0);
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request.body) {
    size += part.byteLength;
    if (size > limit) throw tooLarge(limit);
    parts.push(part);
  }
  return Buffer.concat(parts);
};

/**
 * The JSON body. Throws `unsupported_media_type` without a JSON content type (a form of another site cannot send one),
 * `too_large`, and `invalid_input` for what is no JSON.
 */
export const readJson = async (request: Request, limit = maxBodyBytes): Promise<unknown> => {
  if (!isJson(request.headers.get("content-type"))) {
    throw new AppError("unsupported_media_type", { hint: "Send JSON with Content-Type: application/json." });
  }
  const bytes = await readBytes(request, limit);
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw new AppError("invalid_input", { message: "The body is not valid JSON.", cause: error });
  }
};
