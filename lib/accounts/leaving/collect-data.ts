import { listConnections } from "#lib/accounts/external/connections.ts";
import { collectComments, collectLibrary } from "#lib/accounts/leaving/collect-library.ts";
import { collectSharing } from "#lib/accounts/leaving/collect-sharing.ts";
import { collectSuggestedTags } from "#lib/accounts/leaving/collect-suggested-tags.ts";
import { getMe } from "#lib/accounts/me.ts";
import { listSessions } from "#lib/accounts/sessions/list-sessions.ts";
import { listApiTokens } from "#lib/accounts/tokens/api-tokens.ts";
import type { Account } from "#lib/accounts/viewer.ts";
import { listCaptions } from "#lib/captions/list-captions.ts";
import { listOwnChannels } from "#lib/channels/read-channels.ts";
import { db } from "#lib/db/client.ts";
import { listAuditOfAccount } from "#lib/db/queries/accounts/account-exports.ts";
import { defaultLocale } from "#lib/i18n/locale.ts";
import { listNotifications } from "#lib/notifications/list-notifications.ts";
import { getNotificationSettings } from "#lib/notifications/notification-settings.ts";
import { getMyUsage } from "#lib/usage/get-usage.ts";
import { listVideos } from "#lib/videos/list-videos.ts";
import { listWebhooks } from "#lib/webhooks/read-webhooks.ts";

const pageSize = 100;
const usageDays = 90;

/** One file of an export: its name and what it says. */
export type DataFile = { name: string; data: unknown };

type Page<T> = { items: T[]; nextCursor: string | null };

const everyPage = async <T>(
  signal: AbortSignal,
  ask: (cursor: string | undefined) => Promise<Page<T>>,
): Promise<T[]> => {
  const items: T[] = [];
  for (let cursor: string | undefined; ; ) {
    signal.throwIfAborted();
    const page: Page<T> = await ask(cursor);
    items.push(...page.items);
    if (page.nextCursor === null) return items;
    cursor = page.nextCursor;
  }
};

const auditOf = async (userId: string, signal: AbortSignal) => {
  const rows: Awaited<ReturnType<typeof listAuditOfAccount>> = [];
  for (;;) {
    signal.throwIfAborted();
    const page = await listAuditOfAccount(db(), { userId, after: rows.at(-1)?.id ?? null, limit: pageSize });
    rows.push(...page);
    if (page.length < pageSize) break;
  }
  // Who else acted is nobody's but theirs to know.
  return rows.map(({ actorId, address, ...row }) =>
    actorId === userId ? { ...row, by: "you", address } : { ...row, by: actorId === null ? "system" : "somebody else" },
  );
};

/**
 * All that is kept of an account, as its owner may see it through the API: one file after the other. Secrets are not in
 * it, because none is kept in the clear; videos stand there with the addresses of their originals.
 */
export async function* collectData(viewer: Account, signal: AbortSignal): AsyncGenerator<DataFile> {
  const locale = viewer.locale ?? defaultLocale;
  yield { name: "account.json", data: await getMe(viewer) };
  const channels = (await listOwnChannels(viewer)).items;
  yield { name: "channels.json", data: channels };
  const videos = await everyPage(signal, (cursor) =>
    listVideos({ viewer, locale, query: { mine: true, limit: pageSize, ...(cursor === undefined ? {} : { cursor }) } }),
  );
  yield { name: "videos.json", data: videos };
  const captions: unknown[] = [];
  for (const { id: videoId } of videos) {
    signal.throwIfAborted();
    captions.push(...(await listCaptions({ viewer, videoId })).items.map((caption) => ({ videoId, ...caption })));
  }
  yield { name: "captions.json", data: captions };
  const videoIds = videos.map(({ id }) => id);
  yield { name: "suggested-tags.json", data: await collectSuggestedTags({ viewer, signal, videoIds }) };
  yield { name: "sharing.json", data: await collectSharing({ viewer, signal, channels, videoIds }) };
  const sessions = await everyPage(signal, (cursor) =>
    listSessions({ viewer, currentId: null, query: { limit: pageSize, cursor } }),
  );
  yield { name: "sessions.json", data: sessions };
  yield { name: "tokens.json", data: (await listApiTokens(viewer)).items };
  yield { name: "connections.json", data: (await listConnections(viewer)).items };
  const notices = await everyPage(signal, (cursor) =>
    listNotifications({ viewer, locale, query: { limit: pageSize, ...(cursor === undefined ? {} : { cursor }) } }),
  );
  yield { name: "notifications.json", data: { choices: await getNotificationSettings(viewer), notices } };
  yield { name: "library.json", data: await collectLibrary(viewer, signal) };
  yield { name: "comments.json", data: await collectComments(viewer, signal) };
  yield { name: "webhooks.json", data: (await listWebhooks({ viewer, locale })).items };
  yield { name: "usage.json", data: await getMyUsage({ viewer, days: usageDays }) };
  yield { name: "audit.json", data: await auditOf(viewer.id, signal) };
}
