import { expect, it } from "vitest";
import { firstTrack } from "#components/video/transcript-track.ts";

const track = (language: string) => ({ id: language, language, label: language });

it("reads the language that was chosen last, then the page's, then whatever is there", () => {
  const tracks = [track("de"), track("en-GB"), track("uk")];
  expect(firstTrack(tracks, ["uk", "en"])?.id).toBe("uk");
  expect(firstTrack(tracks, [null, "en"])?.id).toBe("en-GB");
  expect(firstTrack(tracks, ["fr", "pl"])?.id).toBe("de");
  expect(firstTrack([track("en-US"), track("en-GB")], ["en-GB"])?.id).toBe("en-GB");
  expect(firstTrack([], ["en"])).toBeNull();
});
