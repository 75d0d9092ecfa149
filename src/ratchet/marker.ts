/** What each suppressing comment begins with. */
export const marker = "resource-codemod-ignore";

/** Text that can hold a suppression: such a file is looked at for its comments alone. */
export function mentionsSuppression(text: string): boolean {
  return text.includes(marker);
}
