export function nodeBinary(version: string): string | undefined;
