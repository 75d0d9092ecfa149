import { vi } from "vitest";
import { saveSettings } from "./settings.js";

vi.mock("node:fs", () => ({ writeFileSync: () => undefined }));

saveSettings({ port: 8080 });
