"use server";

import { writeFile } from "node:fs/promises";

export async function upload(form: FormData): Promise<JSX.Element> {
  const name = String(form.get("name"));
  await writeFile(`uploads/${name}.txt`, String(form.get("text")));
  return <p>Saved {name}, thank you &amp; good bye</p>;
}
