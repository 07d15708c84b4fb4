import { idSchema } from "#lib/ids.ts";

/** What a key under a run asks for. */
export type RunFile = { videoId: string; runId: string } & (
  | { kind: "multivariant"; scope: "now" | "planned" }
  | { kind: "playlist"; rendition: string }
  | { kind: "init"; rendition: string }
  | { kind: "segment"; rendition: string; index: number }
);

const multivariants = { "index.m3u8": "now", "planned.m3u8": "planned" } as const;
const segmentPattern = /^(\d{5,7})\.m4s$/;

/** Takes the key of a playlist, init segment or segment apart; null for every other key. */
export const parseRunFile = (key: string): RunFile | null => {
  const [area, videoId = "", runId = "", first = "", second, ...more] = key.split("/");
  if (area !== "runs" || more.length > 0 || !idSchema.safeParse(runId).success) return null;
  const run = { videoId, runId };
  if (second === undefined) {
    const scope = first === "index.m3u8" || first === "planned.m3u8" ? multivariants[first] : null;
    return scope === null ? null : { ...run, kind: "multivariant", scope };
  }
  if (second === "index.m3u8") return { ...run, kind: "playlist", rendition: first };
  if (second === "init.mp4") return { ...run, kind: "init", rendition: first };
  const digits = segmentPattern.exec(second)?.[1];
  // Leading zeros beyond five would be a second name of the same segment.
  if (digits === undefined || (digits.length > 5 && digits.startsWith("0"))) return null;
  return { ...run, kind: "segment", rendition: first, index: Number(digits) };
};
