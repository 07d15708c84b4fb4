/** What holds for every call; Markdown. */
export const introduction = `JSON with camelCase names and ISO 8601 times in UTC. Names end with their unit: \`durationMs\`, \`sizeBytes\`.

**Who asks.** A browser's session cookie, or \`Authorization: Bearer\` with an access token (JWT, 15 minutes) or an API token. An API token never does more than its scopes, nor more than its owner may at that moment; each operation names the scope it needs. What a caller may not see answers 404.

**Faults.** One shape: \`{"error": {"code", "message", "hint"?, "requestId", "fields"?}}\`. The code alone decides the status. Unknown fields of a body or query are refused with \`invalid_input\`; \`fields\` tells what is wrong with which.

**Lists.** \`{"items": […], "nextCursor": "…"}\`, newest first unless said otherwise. \`limit\` is 20 unless set and at most 100; \`cursor\` takes the \`nextCursor\` of the page before, which is null on the last one.

**Limits.** Reads and writes are counted by account, or by address for nobody in particular. Beyond a limit the answer is 429 \`rate_limited\` with \`Retry-After\` in seconds. Media and the bytes of uploads are not counted.

**Versions.** Within \`/api/v1\` fields and operations are added, never taken away or changed in meaning: ignore fields that you do not know.
`;
