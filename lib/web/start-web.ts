import { stopViewMeter } from "#lib/analytics/view-meter.ts";
import { env, requireAuthSecret, requireDatabaseUrl, trustRequestHost } from "#lib/env.ts";
import { log } from "#lib/log.ts";
import { openPackaging } from "#lib/packaging/index.ts";
import { forgetChangedMedia } from "#lib/playback/open-media.ts";
import { stopPackagingOnRequest } from "#lib/playback/package-on-request.ts";
import { stopDeliveryMeter } from "#lib/usage/delivery-meter.ts";
import { watchLauncher } from "#lib/watch-launcher.ts";
import { beforeExit } from "#lib/web/before-exit.ts";
import { restoreFraming } from "#lib/web/body-framing.ts";
import { sendBrotliCopies } from "#lib/web/brotli-copies.ts";
import { keepIncomingBodies } from "#lib/web/incoming-body.ts";
import { stampPeers } from "#lib/web/stamp-peer.ts";
import { closeEventStreams } from "#lib/web/streams/event-streams.ts";

const launcherCheckMs = 2_000;
/** After its launcher's death a web process ends by itself; what still hangs by then is cut off. */
const orphanGraceMs = 10_000;

/** A database that is away must not keep the process for ever. */
const lastWritesMs = 5_000;

const endAsOrphan = (): void => {
  log().warn({ "event.action": "web.orphaned" }, "the launcher is gone; ending");
  setTimeout(() => process.exit(1), orphanGraceMs).unref();
  process.kill(process.pid, "SIGTERM");
};

const endPackaging = (): void => {
  stopPackagingOnRequest().catch((error: unknown) => {
    log().error({ "event.action": "packaging.stop_failed", err: error }, "packaging did not end in good order");
  });
};

/**
 * Prepares a web process before its first request: checks the configuration (throws `EnvError`, a missing secret
 * included), stamps peers' addresses, keeps
 * the framing of bodies, sends compressed copies of the build's files, closes event streams when the process is told to stop, because Next waits for open
 * answers without end, ends the packaging thread with it and writes what was delivered, and ends the process when its launcher is gone.
 */
export const startWeb = (): void => {
  const { launcherPid, nodeEnv, distDir } = env();
  requireAuthSecret();
  requireDatabaseUrl();
  trustRequestHost();
  stampPeers();
  restoreFraming();
  keepIncomingBodies();
  if (nodeEnv === "production") sendBrotliCopies(distDir);
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, closeEventStreams);
  // What was taken down or made private in any process stops being delivered at once, not when memory has run out.
  const listening = new AbortController();
  forgetChangedMedia(listening.signal);
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => listening.abort());
  // The first segment that is asked for shall not wait for the thread that makes it.
  openPackaging();
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, endPackaging);
  // At the very end: answers that were on their way when the signal came are counted too.
  beforeExit(stopDeliveryMeter, { withinMs: lastWritesMs });
  beforeExit(stopViewMeter, { withinMs: lastWritesMs });
  if (launcherPid !== null) watchLauncher({ pid: launcherPid, everyMs: launcherCheckMs, onGone: endAsOrphan });
};
