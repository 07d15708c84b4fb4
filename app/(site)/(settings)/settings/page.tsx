import { redirect } from "next/navigation";

/** The settings begin with the profile. */
export default function SettingsIndex() {
  redirect("/settings/profile");
}
