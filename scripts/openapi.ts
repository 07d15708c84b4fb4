import { documentPath, writeDocument } from "#scripts/openapi/document.ts";
import { main } from "#scripts/start/main.ts";

// `npm run openapi`: writes the API's document anew after a route has changed.
await main(async () => {
  const gaps = await writeDocument();
  console.log(gaps.length === 0 ? `Wrote ${documentPath}` : gaps.join("\n"));
  return gaps.length === 0 ? 0 : 1;
});
