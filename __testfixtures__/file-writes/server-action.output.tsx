"use server";

import { atomicWriteFile } from "resource-context";

export async function upload(form: FormData): Promise<JSX.Element> {
  const name = String(form.get("name"));
  await atomicWriteFile(`uploads/${name}.txt`, String(form.get("text")));
  return <p>Saved {name}, thank you &amp; good bye</p>;
}
