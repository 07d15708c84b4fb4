import { UserRoundX } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AuthPanel } from "#components/auth/auth-panel.tsx";
import { ExternalSignIn } from "#components/auth/external-sign-in.tsx";
import { SignUpForm } from "#components/auth/sign-up-form.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { configuredServices } from "#lib/accounts/external/services.ts";
import { instanceSettings } from "#lib/settings/instance-settings.ts";
import { currentViewer } from "#lib/web/identity/current-viewer.ts";
import { nextAddress } from "../next-address.ts";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Title of the sign-up page. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("auth");
  return { title: t("signUpTitle"), alternates: { canonical: "/signup" } };
};

const Closed = async () => {
  const t = await getTranslations("auth");
  return (
    <EmptyState
      heading="h1"
      icon={<UserRoundX strokeWidth={1.5} />}
      title={t("closedTitle")}
      text={t("closedText")}
      action={
        <Link href="/login" className={buttonClass({ variant: "primary" })}>
          {t("signIn")}
        </Link>
      }
    />
  );
};

/** Open an account, where the operator lets people do so. */
export default async function SignUpPage({ searchParams }: Props) {
  const [viewer, search, t] = await Promise.all([currentViewer(), searchParams, getTranslations("auth")]);
  const next = nextAddress(search.next);
  if (viewer !== null) redirect(next);
  const { signUpMode, signUpRole } = await instanceSettings();
  if (signUpMode === "closed") return <Closed />;
  const creator = signUpRole === "creator";
  return (
    <AuthPanel
      title={t("signUpTitle")}
      text={t(signUpMode === "approval" ? "signUpTextApproval" : creator ? "signUpText" : "signUpTextViewer")}
      footer={t.rich("haveAccount", {
        link: (words) => (
          <Link href="/login" className="font-medium text-ink underline underline-offset-3">
            {words}
          </Link>
        ),
      })}
    >
      <SignUpForm setupToken={null} next={next === "/" && creator ? "/studio" : next} />
      <ExternalSignIn services={configuredServices()} next={next} error={null} />
    </AuthPanel>
  );
}
