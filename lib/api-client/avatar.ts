import type { AvatarDto } from "#lib/accounts/avatar/dto.ts";
import { ApiError, toApiError } from "#lib/api-client/api-error.ts";
import { apiRequest } from "#lib/api-client/request.ts";

/** The signed-in account's picture, and what became of the last one that was sent. Throws `ApiError`. */
export const fetchAvatar = (signal?: AbortSignal): Promise<AvatarDto> => apiRequest({ path: "/me/avatar", signal });

/** Takes the picture away. Throws `ApiError`. */
export const removeAvatar = (): Promise<unknown> => apiRequest({ path: "/me/avatar", method: "DELETE" });

const headersOf = (request: XMLHttpRequest): Headers =>
  new Headers(
    request
      .getAllResponseHeaders()
      .trim()
      .split(/[\r\n]+/)
      .flatMap((line): [string, string][] => {
        const at = line.indexOf(":");
        return at < 1 ? [] : [[line.slice(0, at), line.slice(at + 1).trim()]];
      }),
  );

const network = () => new ApiError({ code: "network", message: "The server could not be reached.", status: 0 });

/**
 * Sends a picture, as an `XMLHttpRequest`, because `fetch` does not tell how much was sent. `onProgress` gets percents.
 * Throws `ApiError` (`unsupported_media_type`, `unprocessable`, `too_large`), and the signal's reason when it aborts.
 */
export const sendAvatar = ({
  file,
  onProgress,
  signal,
}: {
  file: Blob;
  onProgress: (percent: number) => void;
  signal: AbortSignal;
}): Promise<AvatarDto> =>
  new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open("PUT", "/api/v1/me/avatar");
    request.setRequestHeader("content-type", "application/octet-stream");
    request.upload.addEventListener("progress", ({ loaded, total }) =>
      onProgress(total === 0 ? 0 : (loaded / total) * 100),
    );
    request.addEventListener("error", () => fail(network()));
    request.addEventListener("abort", () => fail(signal.reason));
    request.addEventListener("load", () => {
      const { status, responseText } = request;
      if (status === 202) done(JSON.parse(responseText) as AvatarDto);
      else toApiError(new Response(responseText, { status, headers: headersOf(request) })).then(fail, fail);
    });
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(file);
  });
