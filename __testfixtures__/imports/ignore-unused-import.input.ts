import { spawn, exec } from "node:child_process";
import fs from "fs";

export const ports = [8080, 8081];
