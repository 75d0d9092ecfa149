interface Runner {
  exec(command: string): Promise<{ stdout: string }>;
}

export async function branches({ exec }: Runner): Promise<string[]> {
  const { stdout } = await exec("git branch --list");
  return stdout.split("\n");
}
