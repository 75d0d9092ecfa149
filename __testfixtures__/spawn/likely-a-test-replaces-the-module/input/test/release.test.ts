import { vi } from "vitest";
import { release } from "../src/release.js";

vi.mock("child_process");

release("1.2.3");
