import type { CodeTab } from "#components/api-docs/code-tabs.tsx";

/** The samples of the guide for a site at this address. */
export const guideSamples = (origin: string) => {
  const api = `${origin}/api/v1`;
  const signIn: CodeTab[] = [
    {
      name: "curl",
      text: `TOKEN=$(curl -s ${api}/auth/token -H 'Content-Type: application/json' \\
  -d '{"email":"olena@example.org","password":"…"}' | jq -r .accessToken)

curl ${api}/me -H "Authorization: Bearer $TOKEN"`,
    },
    {
      name: "fetch",
      text: `const answer = await fetch("${api}/auth/token", {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify({ email, password }),
});
const { accessToken: token } = await answer.json();`,
    },
  ];
  const uploads: CodeTab[] = [
    {
      name: "tus-js-client",
      text: `import { Upload } from "tus-js-client";

new Upload(file, {
  endpoint: "${api}/uploads",
  headers: { Authorization: \`Bearer \${token}\` },
  metadata: { filename: file.name, title: "A walk along the Dnipro", visibility: "unlisted" },
  onAfterResponse: (request, response) => {
    videoId = response.getHeader("Kinora-Video-Id") ?? videoId;
  },
  onSuccess: () => console.log(\`${origin}/watch/\${videoId}\`),
}).start();`,
    },
  ];
  const events: CodeTab[] = [{ name: "curl", text: `curl -N ${api}/me/events -H "Authorization: Bearer $TOKEN"` }];
  const lists: CodeTab[] = [
    {
      name: "curl",
      text: `curl "${api}/videos?mine=true&q=dnipro&limit=50" -H "Authorization: Bearer $TOKEN"`,
    },
  ];
  const faults: CodeTab[] = [
    {
      name: "JSON",
      text: `{
  "error": {
    "code": "invalid_input",
    "message": "The request is not valid.",
    "requestId": "6f1c2b9e-0d0b-4c63-9a55-1de1b2f6c0aa",
    "fields": { "title": "Write at least one letter." }
  }
}`,
    },
  ];
  return { signIn, uploads, events, lists, faults };
};
