export const settingsPath = "settings.json";
export type Settings = Readonly<Record<string, string>>;
