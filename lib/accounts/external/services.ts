import type { ExternalService, ServiceDto } from "#lib/accounts/external/dto.ts";
import { env } from "#lib/env.ts";

/**
 * Under which name a service's people are kept. An OpenID Connect server stands there with its address: if the operator
 * turns to another one, its subjects are other people, though they may carry the same ids.
 */
export const providerOf = (service: ExternalService): string =>
  service === "oidc" ? `oidc:${env().signInServices.oidc?.issuer ?? ""}` : service;

/** The services with which people may sign in here, in the order of their buttons. */
export const configuredServices = (): ServiceDto[] => {
  const { github, google, oidc } = env().signInServices;
  return [
    ...(oidc === null ? [] : [{ id: "oidc" as const, name: oidc.name }]),
    ...(google === null ? [] : [{ id: "google" as const, name: "Google" }]),
    ...(github === null ? [] : [{ id: "github" as const, name: "GitHub" }]),
  ];
};

/** What a kept provider is called, and which configured service it is; null when it is none any more. */
export const describeProvider = (provider: string): { name: string; service: ExternalService | null } => {
  const configured = configuredServices().find(({ id }) => providerOf(id) === provider);
  if (configured !== undefined) return { name: configured.name, service: configured.id };
  if (provider === "github") return { name: "GitHub", service: null };
  if (provider === "google") return { name: "Google", service: null };
  const issuer = provider.replace(/^oidc:/, "");
  return { name: URL.parse(issuer)?.hostname ?? issuer, service: null };
};
