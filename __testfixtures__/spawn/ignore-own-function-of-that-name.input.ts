const run = (command: string): string => `started ${command}`;

function spawn(command: string): string {
  return run(command);
}

export const started = spawn("worker");
