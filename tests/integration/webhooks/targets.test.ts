import { afterEach, expect, test } from "vitest";
import { overrideEnv } from "#lib/env.ts";
import { postEvent } from "#lib/webhooks/post-event.ts";
import { askNameServers } from "#lib/webhooks/target.ts";
import { startNameServer } from "#tests/factories/name-server.ts";
import { startReceiver } from "#tests/factories/webhook-receiver.ts";

const endings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0)) await end();
  overrideEnv({ WEBHOOK_PRIVATE_TARGETS: undefined });
});

const scene = async (answers: string[]) => {
  const names = await startNameServer(answers);
  const receiver = await startReceiver();
  endings.push(names.stop, receiver.stop);
  const post = (timeoutMs?: number) =>
    postEvent({
      ...{ url: `http://rebind.example.org:${receiver.port}/hook`, body: "{}", headers: {}, timeoutMs },
      signal: new AbortController().signal,
      resolve: askNameServers([`127.0.0.1:${names.port}`]),
    });
  return { names, receiver, post };
};

test("a name that leads into the own network is refused when it is called", async () => {
  const { receiver, post } = await scene(["127.0.0.1"]);
  expect(await post()).toMatchObject({ lastError: "target_private", lastStatus: null });
  expect(receiver.received).toEqual([]);
});

test("DNS rebinding leads nowhere: what was public when it was checked is called there, though the name has moved", async () => {
  // Refused by every router on the way: nobody is called, but the check lets it pass.
  const { names, receiver, post } = await scene(["192.0.1.1", "127.0.0.1"]);
  const { lastError } = await post(600);
  expect(["timeout", "unreachable", "connection_refused", "connection_reset", "connection"]).toContain(lastError);
  expect(names.asked()).toBe(1);
  expect(receiver.received).toEqual([]);
});

test("a name is looked up once for an attempt, and the host stays the name", async () => {
  overrideEnv({ WEBHOOK_PRIVATE_TARGETS: "allow" });
  const { names, receiver, post } = await scene(["127.0.0.1", "127.0.0.2"]);
  expect(await post()).toMatchObject({ lastError: null, lastStatus: 204 });
  expect(names.asked()).toBe(1);
  expect(receiver.received[0]?.headers.host).toBe(`rebind.example.org:${receiver.port}`);
});

test("a literal private address is refused at the call too, whatever was stored", async () => {
  const { receiver } = await scene([]);
  const signal = new AbortController().signal;
  for (const host of ["127.0.0.1", "2130706433", "[::ffff:127.0.0.1]", "localhost"]) {
    const outcome = await postEvent({ url: `http://${host}:${receiver.port}/`, body: "{}", headers: {}, signal });
    expect(outcome.lastError).toBe("target_private");
  }
  expect(receiver.received).toEqual([]);
});

test("a name server that does not answer costs the attempt's time and no more", async () => {
  const names = await startNameServer([]);
  await names.stop();
  const outcome = await postEvent({
    ...{ url: "http://silent.example.org/", body: "{}", headers: {}, timeoutMs: 300 },
    signal: new AbortController().signal,
    resolve: askNameServers([`127.0.0.1:${names.port}`]),
  });
  expect(["timeout", "target_name_unknown"]).toContain(outcome.lastError);
  expect(outcome.lastDurationMs).toBeLessThan(2_000);
});
