/** Why an upload stands still, as far as a person needs to know it. */
export type UploadProblem =
  | "too_large"
  | "quota_exceeded"
  | "proxy_too_large"
  | "no_space"
  | "session_ended"
  | "forbidden"
  | "address_unconfirmed"
  | "gone"
  | "channel_gone"
  | "unsupported"
  | "file_unreadable"
  | "refused";

/** What follows from a failed request: wait and go on without being asked, or stop and tell. */
export type UploadFault = { kind: "transient" } | { kind: "stop"; problem: UploadProblem };

const stop = (problem: UploadProblem): UploadFault => ({ kind: "stop", problem });

/** Kinora's own error body; null for any other text, such as a proxy's page. */
const errorOf = (body: string): object | null => {
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed !== "object" || parsed === null || !("error" in parsed)) return null;
    return typeof parsed.error === "object" ? parsed.error : null;
  } catch {
    // Not JSON, so not ours.
    return null;
  }
};

const codeOf = (body: string): string | null => {
  const error = errorOf(body);
  return error !== null && "code" in error && typeof error.code === "string" ? error.code : null;
};

/** Whether it was the channel that the server does not know, or on which the account no longer works. */
const isChannelGone = (body: string): boolean => {
  const error = errorOf(body);
  if (error === null || !("fields" in error)) return false;
  return typeof error.fields === "object" && error.fields !== null && "channelId" in error.fields;
};

const tooLarge = (code: string | null): UploadProblem => {
  if (code === "quota_exceeded") return "quota_exceeded";
  // Kinora names its limit by code; a 413 without one comes from a proxy on the way.
  return code === null ? "proxy_too_large" : "too_large";
};

/**
 * Sorts a failed request by its answer. `status` is null when no answer came (network, server down); `body` is the answer's
 * text. What a wait can heal (network, 409, 423, 429, 5xx apart from 507) is transient.
 */
export const uploadFault = ({ status, body }: { status: number | null; body: string }): UploadFault => {
  if (status === null || status === 0) return { kind: "transient" };
  switch (status) {
    case 401:
      return stop("session_ended");
    case 403:
      return stop(codeOf(body) === "address_unconfirmed" ? "address_unconfirmed" : "forbidden");
    case 404:
      return stop(isChannelGone(body) ? "channel_gone" : "gone");
    case 410:
      return stop("gone");
    case 413:
      return stop(tooLarge(codeOf(body)));
    case 415:
      return stop("unsupported");
    case 507:
      return stop("no_space");
    case 408:
    case 409:
    case 423:
    case 425:
    case 429:
      return { kind: "transient" };
    default:
      return status >= 500 ? { kind: "transient" } : stop("refused");
  }
};

/** Problems after which the same bytes may go on, without beginning anew. */
export const mayContinue = (problem: UploadProblem): boolean =>
  problem === "session_ended" ||
  problem === "address_unconfirmed" ||
  problem === "no_space" ||
  problem === "proxy_too_large" ||
  problem === "refused";
