import { describe, expect, it } from "vitest";
import {
  captionVariables,
  readCaptionStyle,
  usualCaptionStyle,
  writtenCaptionStyle,
} from "#components/player/caption-style.ts";

describe("the look of captions", () => {
  it("comes back as it was kept", () => {
    const style = { size: "huge", color: "yellow", ground: "none" } as const;
    expect(readCaptionStyle(writtenCaptionStyle(style))).toEqual(style);
  });

  it("is as usual where nothing was kept, or something that is not understood", () => {
    expect(readCaptionStyle(null)).toEqual(usualCaptionStyle);
    expect(readCaptionStyle("gigantic red url(x)")).toEqual(usualCaptionStyle);
    expect(readCaptionStyle("large")).toEqual({ ...usualCaptionStyle, size: "large" });
    expect(writtenCaptionStyle(usualCaptionStyle)).toBeNull();
  });

  it("outlines letters that have no ground of their own", () => {
    expect(captionVariables({ ...usualCaptionStyle, ground: "none" })["--cue-outline"]).toBe("var(--caption-outline)");
    expect(captionVariables({ ...usualCaptionStyle, ground: "solid" })).toEqual({
      "--cue-factor": "1",
      "--cue-color": "var(--caption-white)",
      "--cue-ground": "var(--caption-ground-solid)",
      "--cue-outline": "none",
    });
  });
});
