import { watch } from "node:fs";

watch("config", () => console.log("the configuration has changed"));
