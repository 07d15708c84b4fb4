import { useState } from "react";
import { ApiError } from "#lib/api-client/api-error.ts";
import { fetchPlaybackTokens, makePlaybackToken, revokePlaybackToken } from "#lib/api-client/sharing.ts";
import type { MadePlaybackTokenDto, PlaybackTokenPageDto } from "#lib/playback/dto.ts";
import { useReportError } from "../use-report-error.ts";

/** What a new token is made of. */
export type TokenDraft = { note: string; days: number; sites: readonly string[] };

const dayMs = 86_400_000;

/** A video's playback tokens: made, listed and taken back. `made` is the one whose secret is shown, this once. */
export const usePlaybackTokens = ({ videoId, first }: { videoId: string; first: PlaybackTokenPageDto }) => {
  const report = useReportError();
  const [page, setPage] = useState(first);
  const [made, setMade] = useState<MadePlaybackTokenDto | null>(null);
  const [busy, setBusy] = useState(false);
  const [fields, setFields] = useState<Readonly<Record<string, string>>>({});
  const make = async ({ note, days, sites }: TokenDraft) => {
    setBusy(true);
    setFields({});
    try {
      const expiresAt = new Date(Date.now() + days * dayMs).toISOString();
      const token = await makePlaybackToken({ videoId, note, sites, expiresAt });
      setMade(token);
      setPage((known) => ({ ...known, items: [token, ...known.items] }));
      return true;
    } catch (error) {
      if (error instanceof ApiError && Object.keys(error.fields).length > 0) setFields(error.fields);
      else report(error);
      return false;
    } finally {
      setBusy(false);
    }
  };
  const revoke = (tokenId: string) =>
    revokePlaybackToken({ videoId, tokenId }).then(() => {
      const revokedAt = new Date().toISOString();
      setMade((known) => (known?.id === tokenId ? null : known));
      setPage((known) => ({
        ...known,
        items: known.items.map((token) => (token.id === tokenId ? { ...token, state: "revoked", revokedAt } : token)),
      }));
    }, report);
  const more = () =>
    page.nextCursor === null
      ? Promise.resolve()
      : fetchPlaybackTokens({ videoId, cursor: page.nextCursor }).then(
          (next) => setPage((known) => ({ ...next, items: [...known.items, ...next.items] })),
          report,
        );
  return { page, made, busy, fields, make, revoke, more };
};
