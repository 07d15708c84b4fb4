const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", nbsp: " ", lrm: "", rlm: "" };

/** The words of a WebVTT payload without its tags and entities (WebVTT section 6.4), lines trimmed, empty ones left out. */
export const plainCueText = (payload: string): string =>
  payload
    .replace(/<[^<>]{0,300}>/g, "")
    .replace(/&(amp|lt|gt|nbsp|lrm|rlm);/g, (_whole, name: string) => entities[name] ?? "")
    .split("\n")
    .map((line) => line.replace(/\s+/g, " ").trim())
    .filter((line) => line !== "")
    .join("\n");
