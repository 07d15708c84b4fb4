import { postgresEngine } from "#lib/search/postgres/postgres-engine.ts";
import { relevanceContract } from "#tests/contract/search/relevance-contract.ts";
import { testDatabase } from "#tests/setup/database.ts";

testDatabase();

relevanceContract("postgres", () => postgresEngine);
