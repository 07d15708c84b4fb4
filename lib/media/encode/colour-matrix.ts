/** How red, green and blue become one light and two colour signals. */
export type ColourMatrix = "bt709" | "bt601" | "bt2020";
