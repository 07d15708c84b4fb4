import { describe, expect, test } from "vitest";
import { checkedScript } from "#lib/captions/script/checked-script.ts";
import { AppError } from "#lib/errors.ts";

const cue = (startMs: number, endMs: number, text: string, settings = "") => ({ startMs, endMs, text, settings });

const fieldsOf = (items: Parameters<typeof checkedScript>[0]) => {
  try {
    checkedScript(items);
  } catch (error) {
    if (error instanceof AppError) return error.fields;
    throw error;
  }
  return {};
};

describe("captions written by hand", () => {
  test("are put in order and cleaned; equal words in a row stay two", () => {
    const items = [
      cue(2000, 3000, "Так", "align:start region:x"),
      cue(0, 1000, "<i>Так</i> & <font color=red>ні</font>"),
      cue(1000, 2000, "Так"),
    ];
    expect(checkedScript(items)).toEqual([
      { startMs: 0, endMs: 1000, text: "<i>Так</i> &amp; ні" },
      { startMs: 1000, endMs: 2000, text: "Так" },
      { startMs: 2000, endMs: 3000, text: "Так", settings: "align:start" },
    ]);
  });

  test("taken once more they are the same", () => {
    const once = checkedScript([cue(0, 1000, "<b>a</b> &lt;i&gt; &amp;amp;\n- b", "line:0")]);
    expect(checkedScript(once.map(({ settings = "", ...rest }) => ({ ...rest, settings })))).toEqual(once);
  });

  test("are refused by field", () => {
    expect(fieldsOf([cue(0, 1000, "<i> </i>"), cue(5000, 5000, "a"), cue(7000, 6000, "b")])).toEqual({
      "items.0.text": "required",
      "items.1.endMs": "cue_order",
      "items.2.endMs": "cue_order",
    });
    expect(fieldsOf([...Array.from({ length: 6 }, () => cue(0, 10, "a")), cue(10, 20, "b"), cue(5, 9, "c")])).toEqual({
      "items.7.startMs": "cue_crowded",
    });
  });

  test("none at all is a track without words", () => expect(checkedScript([])).toEqual([]));
});
