import { db, searchDb } from "#lib/db/client.ts";
import { engineStanding, forgetBuild } from "#lib/db/queries/search/changes.ts";
import { AppError } from "#lib/errors.ts";
import { log } from "#lib/log.ts";
import { analysisVersion } from "#lib/search/analysis/stem-word.ts";
import { createCircuitBreaker } from "#lib/search/circuit-breaker.ts";
import type { IndexTarget, SearchEngine } from "#lib/search/engine.ts";
import type { Asking } from "#lib/search/typesense/ask.ts";
import { makeClient, type TypesenseSettings, typesenseTimes, withinTime } from "#lib/search/typesense/client.ts";
import { aliasesOf } from "#lib/search/typesense/collections.ts";
import { readIndexed } from "#lib/search/typesense/read-indexed.ts";
import { beginTypesenseRebuild } from "#lib/search/typesense/rebuild.ts";
import { relatedInTypesense } from "#lib/search/typesense/related-in-typesense.ts";
import { searchInTypesense } from "#lib/search/typesense/search-in-typesense.ts";
import { suggestInTypesense } from "#lib/search/typesense/suggest-in-typesense.ts";
import { takeOverViews } from "#lib/search/typesense/take-over-views.ts";
import { writeInto } from "#lib/search/typesense/write-index.ts";

const name = "typesense" as const;

/** How far behind an index may be that answers: changes that wait, and seconds since the oldest. */
const mostWaiting = 200;
const mostSeconds = 10;

/** How long the server is left alone after it was found away, in milliseconds. */
const pauses = { pauseMs: 2_000, longestPauseMs: 30_000 };

const isCode = (error: unknown, code: AppError["code"]): boolean => error instanceof AppError && error.code === code;

/** Videos of which the index has an older state, and those among them that nobody may find any more. */
type Behind = { changed: readonly string[]; hidden: readonly string[] };

/** In what the index is behind. Throws `unavailable` when that is too much to answer. */
const whatIsBehind = async (): Promise<Behind> => {
  const standing = await engineStanding(searchDb(), { name, limit: mostWaiting + 1 });
  const isCurrent =
    standing !== null &&
    standing.analysisVersion === analysisVersion &&
    standing.waiting <= mostWaiting &&
    standing.oldestSeconds <= mostSeconds;
  if (!isCurrent) throw new AppError("unavailable", { message: "The search server's index is behind." });
  return { changed: standing.changed, hidden: standing.hidden };
};

/** Whatever goes wrong with the server, another engine answers. */
const toUnavailable = async (error: unknown): Promise<AppError> => {
  if (isCode(error, "gone")) await forgetBuild(db(), name);
  if (!isCode(error, "unavailable")) {
    log().error({ "event.action": "search.engine_fault", engine: name, err: error }, "the search server failed");
  }
  return new AppError("unavailable", { message: "The search server cannot answer this.", cause: error });
};

type Asked = Asking & Behind;

/** Asks the server within the time of one answer, and not at all while it is away or behind. */
const makeAsk = (settings: TypesenseSettings, health: () => Promise<boolean>) => {
  const client = makeClient(settings, typesenseTimes.answer);
  const isOutage = (error: unknown) => isCode(error, "unavailable") || isCode(error, "gone");
  const breaker = createCircuitBreaker({ isOutage, probe: health, ...pauses });
  return async <T>(work: (asked: Asked) => Promise<T>): Promise<T> => {
    const behind = breaker.isAway() ? { changed: [], hidden: [] } : await whatIsBehind();
    try {
      return await breaker.run(() =>
        withinTime(typesenseTimes.answer, (signal) => work({ client, signal, ...behind })),
      );
    } catch (error) {
      throw await toUnavailable(error);
    }
  };
};

const makeHealth = (settings: TypesenseSettings): (() => Promise<boolean>) => {
  const client = makeClient(settings, typesenseTimes.health);
  return async () => {
    try {
      return (await withinTime(typesenseTimes.health, () => client.health.retrieve())).ok === true;
    } catch (error) {
      log().debug({ "event.action": "search.engine_away", engine: name, err: error }, "the search server is away");
      return false;
    }
  };
};

/** The engine on a Typesense server (docs/decisions/0022-typesense.md). Makes no request before it is asked for something. */
export const typesenseEngine = (settings: TypesenseSettings): SearchEngine => {
  const { prefix } = settings;
  const collections = aliasesOf(prefix);
  const health = makeHealth(settings);
  const ask = makeAsk(settings, health);
  const writer = makeClient(settings, typesenseTimes.write);
  const target: IndexTarget = { ...writeInto({ client: writer, collections }), name, health };
  return {
    ...target,
    name,
    search: (request) => ask((asked) => searchInTypesense({ ...asked, collections, request })),
    suggest: (request) => ask((asked) => suggestInTypesense({ ...asked, collections, ...request })),
    related: (request) => ask((asked) => relatedInTypesense({ ...asked, collections, ...request })),
    indexed: () => readIndexed(writer, collections.videos),
    takeOverViews: () => takeOverViews(writer, collections.videos),
    beginRebuild: () => beginTypesenseRebuild({ client: writer, prefix, engine: target }),
  };
};
