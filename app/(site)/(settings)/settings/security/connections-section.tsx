import { getTranslations } from "next-intl/server";
import { Connections } from "#components/settings/connections.tsx";
import { SettingsBlock } from "#components/settings/settings-page.tsx";
import { listConnections } from "#lib/accounts/external/connections.ts";
import { getSecondFactor } from "#lib/accounts/second-factor/manage.ts";
import type { Account } from "#lib/accounts/viewer.ts";

/** Services through which the account can be signed in to; nothing where none is configured and none was connected. */
export const ConnectionsSection = async ({ viewer }: { viewer: Account }) => {
  const [t, connections, { enabled }] = await Promise.all([
    getTranslations("external.connections"),
    listConnections(viewer),
    getSecondFactor(viewer),
  ]);
  if (connections.items.length === 0 && connections.available.length === 0) return null;
  return (
    <SettingsBlock title={t("title")} text={t("text")}>
      <Connections connections={connections} hasSecondFactor={enabled} />
    </SettingsBlock>
  );
};
