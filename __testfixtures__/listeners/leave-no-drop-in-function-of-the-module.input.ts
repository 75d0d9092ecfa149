function onInterrupt(): void {
  console.log("still running");
}

// Another call may listen with the same function: it must be taken back once.
export async function release(run: () => Promise<void>): Promise<void> {
  process.on("SIGINT", onInterrupt);
  await run();
  process.off("SIGINT", onInterrupt);
}
