const names: Readonly<Record<string, string>> = {
  avc1: "H.264",
  avc3: "H.264",
  hvc1: "HEVC",
  hev1: "HEVC",
  vp08: "VP8",
  vp09: "VP9",
  av01: "AV1",
  dvh1: "Dolby Vision",
  dvhe: "Dolby Vision",
};

/** What people call the picture's codec in an RFC 6381 list (`vp09.00.10.08,opus`), or null. */
export const codecName = (codecs: string): string | null => {
  const found = codecs.split(",").map((codec) => names[codec.trim().split(".")[0] ?? ""]);
  return found.find((name) => name !== undefined) ?? null;
};
