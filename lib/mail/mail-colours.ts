/**
 * The colours of mails, light and dark: the theme of app/globals.css in sRGB, because mail programs know neither our
 * variables nor OKLCH. Change both together.
 */
export const mailColours = {
  light: {
    ground: "#fbfaf7",
    surface: "#ffffff",
    line: "#dedcd8",
    text: "#1e1a16",
    muted: "#5c5751",
    accent: "#a85d14",
    onAccent: "#ffffff",
  },
  dark: {
    ground: "#100e0c",
    surface: "#191714",
    line: "#302d2a",
    text: "#f2f0ec",
    muted: "#ada8a2",
    accent: "#f5ae42",
    onAccent: "#1c1105",
  },
} as const;
