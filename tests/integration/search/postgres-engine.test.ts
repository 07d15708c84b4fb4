import { postgresEngine } from "#lib/search/postgres/postgres-engine.ts";
import { searchEngineContract } from "#tests/contract/search/search-engine-contract.ts";
import { testDatabase } from "#tests/setup/database.ts";

testDatabase();

searchEngineContract("postgres", () => postgresEngine);
