import { searchEngineContract } from "#tests/contract/search/search-engine-contract.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { builtTypesense } from "#tests/setup/typesense/built-typesense.ts";

testDatabase();

const typesense = builtTypesense();

searchEngineContract(typesense.name, () => typesense.engine());
