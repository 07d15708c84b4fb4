import { describe, expect, test } from "vitest";
import en from "#lib/i18n/messages/en/failures.json" with { type: "json" };
import uk from "#lib/i18n/messages/uk/failures.json" with { type: "json" };
import { failureCodes, failureFromOutcome, MediaFailure, type ToolOutcome } from "./failures.ts";

const outcome = (changes: Partial<ToolOutcome>): ToolOutcome => ({
  ...{ tool: "ffmpeg", ended: "exit", exitCode: 1, signal: null, stderr: "" },
  ...changes,
});
const codeOf = (changes: Partial<ToolOutcome>) => {
  const fault = failureFromOutcome(outcome(changes));
  return fault instanceof MediaFailure ? fault.code : fault;
};

test("every code has a title, a message and a hint in every language, and nothing else has", () => {
  for (const messages of [en, uk]) {
    expect(Object.keys(messages).toSorted()).toEqual(Object.keys(failureCodes).toSorted());
    for (const text of Object.values(messages)) expect(Object.keys(text)).toEqual(["title", "message", "hint"]);
  }
});

describe("the cause is read out of how a tool ended", () => {
  test("success is no failure, whatever was warned of", () => {
    expect(codeOf({ exitCode: 0, stderr: "corrupt decoded frame" })).toBeNull();
  });

  test.each([
    ["[hls @ 0x1] Format not on whitelist 'mov,mp4'", "not_media"],
    [
      "[mov @ 0x1] Format mov detected only with low score of 1, misdetection possible!\nmoov atom not found",
      "not_media",
    ],
    ["[mov,mp4 @ 0x1] moov atom not found", "truncated"],
    ["Picture size 16000x16000 exceeds specified max pixel count 36000000", "too_large_frame"],
    ["Number of streams exceeds max_streams parameter (100)", "too_many_streams"],
    ["Codec (magicyuv) not on whitelist 'h264'", "unsupported_codec"],
    ["Output file #0 does not contain any stream", "no_streams"],
    ["Error while decoding stream #0:0: Invalid data found when processing input", "corrupt"],
    ["Cannot determine format of input stream 0:1 after EOF", "corrupt"],
    ["something nobody foresaw", "processing_failed"],
  ])("%s", (stderr, code) => {
    expect(codeOf({ stderr })).toBe(code);
  });

  test("what ffprobe cannot read is no medium", () => {
    expect(codeOf({ tool: "ffprobe", stderr: "Invalid data found when processing input" })).toBe("not_media");
  });

  test("a watchdog's kill is a timeout, and may be retried", () => {
    expect(codeOf({ ended: "stalled", exitCode: null, signal: "SIGKILL" })).toBe("timeout");
    expect(new MediaFailure("timeout").retryable).toBe(true);
  });

  test("our own limits on processor time and file size count against the file", () => {
    expect(codeOf({ exitCode: 152 })).toBe("timeout");
    expect(codeOf({ exitCode: null, signal: "SIGXFSZ" })).toBe("timeout");
  });

  test("a crash of a decoder counts against the file, a kill from outside against the machine", () => {
    expect(codeOf({ exitCode: 139 })).toBe("processing_failed");
    expect(codeOf({ exitCode: 137 })).toEqual({ machine: "killed" });
    expect(codeOf({ exitCode: null, signal: "SIGTERM" })).toEqual({ machine: "killed" });
  });

  test("a full disk counts against the machine", () => {
    expect(codeOf({ stderr: "av_interleaved_write_frame(): No space left on device" })).toEqual({
      machine: "no_space",
    });
  });
});
