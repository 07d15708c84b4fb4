import { db } from "#lib/db/client.ts";
import { engineStanding } from "#lib/db/queries/search/changes.ts";
import { analysisVersion } from "#lib/search/analysis/stem-word.ts";
import { searchEngines } from "#lib/search/engines.ts";
import type { Finding } from "#scripts/kinora/finding.ts";
import { withDatabase } from "#scripts/kinora/with-database.ts";

/** Changes are counted so far. */
const countedChanges = 10_000;

const standingOf = (name: string) => withDatabase(() => engineStanding(db(), { name, limit: countedChanges }));

/** Whether Typesense answers and what it knows; nothing when it is not configured. A database that is away is told elsewhere. */
export const checkSearchServer = async (): Promise<readonly Finding[]> => {
  const engine = searchEngines().find(({ name }) => name === "typesense");
  if (engine === undefined) return [];
  if (!(await engine.health())) {
    const advice = "PostgreSQL answers meanwhile. Look at the server, TYPESENSE_URL and TYPESENSE_API_KEY.";
    return [{ state: "weak", what: "Typesense does not answer", advice }];
  }
  try {
    const standing = await standingOf(engine.name);
    if (standing?.analysisVersion !== analysisVersion) {
      const advice = "The worker makes it within minutes; kinora search reindex does at once and says what is wrong.";
      return [{ state: "weak", what: "Typesense answers, but has no index yet", advice }];
    }
    return [{ state: "good", what: `Typesense answers; ${standing.waiting} changes wait for it` }];
  } catch {
    return [];
  }
};
