import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ExternalSignIn } from "#components/auth/external-sign-in.tsx";
import { LoginPanel } from "#components/auth/login-panel.tsx";
import { configuredServices } from "#lib/accounts/external/services.ts";
import { instanceSettings } from "#lib/settings/instance-settings.ts";
import { currentViewer } from "#lib/web/identity/current-viewer.ts";
import { nextAddress } from "../next-address.ts";
import { oneParameter } from "../one-parameter.ts";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Title of the login page. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("auth");
  return { title: t("signInTitle"), alternates: { canonical: "/login" } };
};

/** Sign in; whoever is signed in already goes on. */
export default async function LoginPage({ searchParams }: Props) {
  const [viewer, search, t] = await Promise.all([currentViewer(), searchParams, getTranslations("auth")]);
  const next = nextAddress(search.next ?? search.callbackUrl);
  if (viewer !== null) redirect(next);
  const { signUpMode } = await instanceSettings();
  const signUpHref = next === "/" ? "/signup" : `/signup?${new URLSearchParams({ next })}`;
  return (
    <LoginPanel
      next={next}
      others={
        <ExternalSignIn services={configuredServices()} next={next} error={await oneParameter(searchParams, "error")} />
      }
      footer={
        signUpMode === "closed"
          ? undefined
          : t.rich("noAccount", {
              link: (words) => (
                <Link href={signUpHref} className="font-medium text-ink underline underline-offset-3">
                  {words}
                </Link>
              ),
            })
      }
    />
  );
}
