import { rolldown } from "rolldown";

export function open(input: string) {
  return rolldown({ input });
}
