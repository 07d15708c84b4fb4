import { describe } from "vitest";
import type { SearchEngine } from "#lib/search/engine.ts";
import { facetContract } from "#tests/contract/search/facet-contract.ts";
import { findingContract } from "#tests/contract/search/finding-contract.ts";
import { privacyContract } from "#tests/contract/search/privacy-contract.ts";
import { suggestionContract } from "#tests/contract/search/suggestion-contract.ts";

/**
 * What every search engine promises. `open` gives it once the tests run; the file that calls this has a `testDatabase()`, and
 * the engine's row in `search_engines` is there.
 */
export const searchEngineContract = (name: string, open: () => SearchEngine): void => {
  describe(`a search engine (${name})`, () => {
    findingContract(open);
    facetContract(open);
    privacyContract(open);
    suggestionContract(open);
  });
};
