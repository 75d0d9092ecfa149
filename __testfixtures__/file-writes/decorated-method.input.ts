import { writeFileSync } from "node:fs";

function logged<This, Args extends unknown[]>(
  method: (this: This, ...args: Args) => void,
  _: ClassMethodDecoratorContext<This>,
): (this: This, ...args: Args) => void {
  return method;
}

export class Report {
  @logged
  save(file: string): void {
    writeFileSync(file, "8080");
  }
}
