import { relevanceContract } from "#tests/contract/search/relevance-contract.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { builtTypesense } from "#tests/setup/typesense/built-typesense.ts";

testDatabase();

const typesense = builtTypesense();

relevanceContract(typesense.name, () => typesense.engine());
