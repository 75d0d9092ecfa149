import launch from "cross-spawn";

export function openInBackground(command: string): void {
  launch(command, [], { detached: true, stdio: "ignore" }).unref();
  launch.spawn(command, { detached: true, stdio: "ignore" }).unref();
}
