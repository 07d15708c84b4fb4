/** What a `Range` header asks for: the whole, one stretch, or something outside of the object. */
export type RangeAnswer =
  | { kind: "whole" }
  | { kind: "part"; start: number; endExclusive: number }
  | { kind: "unsatisfiable" };

const whole: RangeAnswer = { kind: "whole" };
const single = /^bytes=(\d{0,16})-(\d{0,16})$/;

/**
 * Reads a `Range` header (RFC 9110, section 14.2) against an object's size. Other units, several ranges and what is not
 * well-formed count as not asked, which the RFC allows: the whole object answers them.
 */
export const parseRange = ({ header, sizeBytes }: { header: string | null; sizeBytes: number }): RangeAnswer => {
  const match = single.exec(header?.replaceAll(" ", "") ?? "");
  if (match === null) return whole;
  const [, first = "", last = ""] = match;
  if (first === "" && last === "") return whole;
  if (first === "") {
    const length = Math.min(Number(last), sizeBytes);
    if (length === 0) return { kind: "unsatisfiable" };
    return { kind: "part", start: sizeBytes - length, endExclusive: sizeBytes };
  }
  const start = Number(first);
  if (last !== "" && Number(last) < start) return whole;
  if (start >= sizeBytes) return { kind: "unsatisfiable" };
  return { kind: "part", start, endExclusive: last === "" ? sizeBytes : Math.min(Number(last) + 1, sizeBytes) };
};
