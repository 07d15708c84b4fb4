import { expect, test } from "vitest";
import type { WatermarkWish } from "#lib/media/plan/wishes.ts";
import { markStillCommand } from "#lib/media/stills/mark-still-command.ts";

test("a still is marked where the qualities are, with nobody's text in the arguments", () => {
  const design: WatermarkWish["design"] = {
    ...{ kind: "text", text: "'; rm", position: "bottom-right", opacity: 0.8, scale: 0.2, margin: 0.05 },
  };
  const mark: WatermarkWish = { watermarkId: "w", design, imageKey: "k", imageWidth: 300, imageHeight: 100 };
  const size = { width: 1280, height: 720 };
  const command = markStillCommand({ stillPath: "/s/a.jpg", imagePath: "/s/m.png", size, mark, name: "marked.jpg" });
  expect(JSON.stringify(command)).not.toContain("'; rm");
  expect(command).toMatchSnapshot();
});
