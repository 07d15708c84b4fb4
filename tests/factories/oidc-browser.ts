import { Events, type MutableResponse, type MutableToken, OAuth2Server } from "oauth2-mock-server";
import { makeRequest, site, withParams } from "#tests/factories/requests.ts";
import { GET, POST } from "../../app/api/auth/[...nextauth]/route.ts";

/** A real OpenID Connect server, and the person who is signed in there. */
export type OidcServer = {
  issuer: string;
  /** What its ID tokens say; `sub` is needed. Set over what the server says by itself. */
  claims: Record<string, unknown>;
  /** What its userinfo address says. */
  userinfo: Record<string, unknown>;
  stop: () => Promise<void>;
};

/** Starts it on a free port of this machine. */
export const startOidcServer = async (): Promise<OidcServer> => {
  const server = new OAuth2Server();
  await server.issuer.keys.generate("RS256");
  await server.start(0, "localhost");
  const state: OidcServer = { issuer: server.issuer.url ?? "", claims: {}, userinfo: {}, stop: () => server.stop() };
  server.service.on(Events.BeforeTokenSigning, (token: MutableToken) => Object.assign(token.payload, state.claims));
  server.service.on(Events.BeforeUserinfo, (answer: MutableResponse) => {
    answer.body = state.userinfo;
  });
  return state;
};

/** A browser: it keeps cookies and follows nothing by itself. */
export class Browser {
  readonly #cookies = new Map<string, string>();
  readonly address: string;

  constructor(address = "127.0.0.1") {
    this.address = address;
  }

  /** What it sends along. */
  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  /** One of its cookies. */
  get(name: string): string | undefined {
    return this.#cookies.get(name);
  }

  /** Writes a cookie by hand. */
  set(name: string, value: string): void {
    this.#cookies.set(name, value);
  }

  /** Takes over what an answer sets. */
  keep(response: Response): Response {
    for (const line of response.headers.getSetCookie()) {
      const [pair = "", ...attributes] = line.split(";");
      const name = pair.slice(0, pair.indexOf("="));
      const value = pair.slice(pair.indexOf("=") + 1);
      const gone = value === "" || attributes.some((one) => /^\s*max-age=0$/i.test(one));
      if (gone) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return response;
  }

  /** Asks one of next-auth's addresses. */
  async door(method: "GET" | "POST", path: string, fields?: Record<string, string>): Promise<Response> {
    const cookie = this.cookie;
    const request = makeRequest({
      ...{ method, path: `/api/auth/${path}`, address: this.address },
      headers: {
        ...(cookie === "" ? {} : { cookie }),
        ...(method === "POST" ? { origin: site, "content-type": "application/x-www-form-urlencoded" } : {}),
      },
      ...(fields === undefined ? {} : { body: new URLSearchParams(fields).toString() }),
    });
    const handler = method === "GET" ? GET : POST;
    const parts = path.split("?")[0]?.split("/") ?? [];
    return this.keep(await handler(request, withParams({ nextauth: parts })));
  }

  /** Presses the button of a service: gives the address there that the browser is led to. */
  async beginSignIn(callbackUrl = "/studio"): Promise<URL> {
    const { csrfToken } = await (await this.door("GET", "csrf")).json();
    const answer = await this.door("POST", "signin/oidc", { csrfToken, json: "true", callbackUrl });
    return new URL((await answer.json()).url);
  }

  /** Goes to the service, signs in there, and gives the address of ours that it is led back to. */
  async visitService(address: URL): Promise<URL> {
    const answer = await fetch(address, { redirect: "manual" });
    return new URL(answer.headers.get("location") ?? "");
  }

  /** Comes back to us. */
  comeBack(address: URL): Promise<Response> {
    return this.door("GET", `callback/oidc${address.search}`);
  }

  /** All of it; gives where the browser is led in the end, within this site. */
  async signIn(callbackUrl?: string): Promise<string> {
    const answer = await this.comeBack(await this.visitService(await this.beginSignIn(callbackUrl)));
    return (answer.headers.get("location") ?? `status ${answer.status}`).replace(site, "");
  }
}
