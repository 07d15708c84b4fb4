import { expect, test } from "vitest";
import { payloadOf, typedOf } from "./cue-words.ts";

test("signs are typed as they are and stored as WebVTT wants them", () => {
  expect(payloadOf("a < b & <i>c</i>")).toBe("a &lt; b &amp; <i>c</i>");
  expect(typedOf("a &lt; b &amp; <i>c</i>")).toBe("a < b & <i>c</i>");
});

test.each([
  "plain",
  "<b>a</b>\nb",
  "&lt;i&gt; is a tag",
  "&amp;lt; and &amp;amp;",
  "a &lt;b&gt; c &amp; d",
  "x &lt; y &gt; z",
  "&nbsp;&lrm;",
])("%j is the same after a look in the editor", (payload) => {
  expect(payloadOf(typedOf(payload))).toBe(payload);
});

test("empty lines, which would end a caption, are left out", () => {
  expect(payloadOf("a\n\n \nb\r\n")).toBe("a\nb");
});
