async function rolldown(input: string): Promise<{ close(): void }> {
  return { close: () => console.log(input) };
}

export async function build(): Promise<void> {
  const bundle = await rolldown("main.js");
  bundle.close();
}
