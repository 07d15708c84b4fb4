import { env, requireAuthSecret, requireDatabaseUrl, trustRequestHost } from "#lib/env.ts";
import { log } from "#lib/log.ts";
import { openPackaging } from "#lib/packaging/index.ts";
import { stopPackagingOnRequest } from "#lib/playback/package-on-request.ts";
import { stopDeliveryMeter } from "#lib/usage/delivery-meter.ts";
import { watchLauncher } from "#lib/watch-launcher.ts";
import { restoreFraming } from "#lib/web/body-framing.ts";
import { closeEventStreams } from "#lib/web/event-streams.ts";
import { keepIncomingBodies } from "#lib/web/incoming-body.ts";
import { stampPeers } from "#lib/web/stamp-peer.ts";

const launcherCheckMs = 2_000;
/** After its launcher's death a web process ends by itself; what still hangs by then is cut off. */
const orphanGraceMs = 10_000;

const endAsOrphan = (): void => {
  log().warn({ "event.action": "web.orphaned" }, "the launcher is gone; ending");
  setTimeout(() => process.exit(1), orphanGraceMs).unref();
  process.kill(process.pid, "SIGTERM");
};

const endMetering = (): void => {
  stopDeliveryMeter().catch((error: unknown) => {
    log().error({ "event.action": "usage.stop_failed", err: error }, "delivered bytes were not written at the end");
  });
};

const endPackaging = (): void => {
  stopPackagingOnRequest().catch((error: unknown) => {
    log().error({ "event.action": "packaging.stop_failed", err: error }, "packaging did not end in good order");
  });
};

/**
 * Prepares a web process before its first request: checks the configuration (throws `EnvError`, a missing secret
 * included), stamps peers' addresses, keeps
 * the framing of bodies, closes event streams when the process is told to stop, because Next waits for open
 * answers without end, ends the packaging thread with it and writes what was delivered, and ends the process when its launcher is gone.
 */
export const startWeb = (): void => {
  const { launcherPid } = env();
  requireAuthSecret();
  requireDatabaseUrl();
  trustRequestHost();
  stampPeers();
  restoreFraming();
  keepIncomingBodies();
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, closeEventStreams);
  // The first segment that is asked for shall not wait for the thread that makes it.
  openPackaging();
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, endPackaging);
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, endMetering);
  if (launcherPid !== null) watchLauncher({ pid: launcherPid, everyMs: launcherCheckMs, onGone: endAsOrphan });
};
