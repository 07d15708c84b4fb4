import { expect, test, vi } from "vitest";
import { signalCounter } from "#scripts/start/stop-signals.ts";

const counter = () => {
  let at = 0;
  const onStop = vi.fn();
  const onHurry = vi.fn();
  const count = signalCounter({ onStop, onHurry, now: () => at });
  const signalAt = (ms: number) => {
    at = ms;
    count();
  };
  return { onStop, onHurry, signalAt };
};

test("a burst of one Ctrl-C (terminal, npm, bootstrap) stops once and hurries nothing", () => {
  const { onStop, onHurry, signalAt } = counter();
  for (const ms of [0, 3, 40, 600]) signalAt(ms);
  expect(onStop).toHaveBeenCalledTimes(1);
  expect(onHurry).not.toHaveBeenCalled();
});

test("a second Ctrl-C hurries", () => {
  const { onHurry, signalAt } = counter();
  for (const ms of [0, 5, 2500]) signalAt(ms);
  expect(onHurry).toHaveBeenCalledTimes(1);
});
