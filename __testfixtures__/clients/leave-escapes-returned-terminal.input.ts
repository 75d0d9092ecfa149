import { Terminal } from "@xterm/headless";

export const open = (cols: number): Terminal => new Terminal({ cols });
