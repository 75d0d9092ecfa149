/** What the page does once it is open: filter, jump to a change, choose changes and save the choice. */
export const script = `
"use strict";
const one = (selector) => document.querySelector(selector);
const rows = [...document.querySelectorAll("#sites tbody tr")];
const boxes = [...document.querySelectorAll("#sites input[data-print]")];
const [find, state, kind, shown] = ["#find", "#state", "#kind", "#shown"].map(one);
const filter = () => {
  const words = find.value.toLowerCase().split(/\\s+/).filter(Boolean);
  let count = 0;
  for (const row of rows) {
    const { text, state: is, kind: of } = row.dataset;
    const fits = (!state.value || state.value === is) && (!kind.value || kind.value === of) && words.every((word) => text.includes(word) || of === word);
    row.hidden = !fits;
    if (fits) count++;
  }
  shown.textContent = count + " of " + rows.length + " shown";
};
const tell = () => {
  const chosen = one("#chosen");
  if (chosen) chosen.textContent = boxes.filter((box) => box.checked).length + " of " + boxes.length + " changes taken";
};
one(".filters").hidden = false;
one(".filters").addEventListener("submit", (event) => event.preventDefault());
for (const field of [find, state, kind]) field.addEventListener("input", filter);
for (const button of document.querySelectorAll("[data-find]"))
  button.addEventListener("click", () => {
    const known = [...kind.options].some((option) => option.value === button.dataset.find);
    find.value = known ? "" : button.dataset.find === "." ? "" : button.dataset.find;
    kind.value = known ? button.dataset.find : "";
    filter();
    one("#all").scrollIntoView();
    find.focus({ preventScroll: true });
  });
const open = () => {
  const target = document.getElementById(location.hash.slice(1));
  if (target && target.tagName === "DETAILS") target.open = true;
};
addEventListener("hashchange", open);
document.addEventListener("click", (event) => { if (event.target.closest("a")) setTimeout(open); });
if (boxes.length > 0) {
  one(".choice").hidden = false;
  const set = (value) => () => { for (const box of boxes) if (!box.closest("tr").hidden) box.checked = value; tell(); };
  one("#all-on").addEventListener("click", set(true));
  one("#all-off").addEventListener("click", set(false));
  one("#sites").addEventListener("change", tell);
  one("#save").addEventListener("click", () => {
    const of = (value) => boxes.filter((box) => box.checked === value).map(({ dataset }) => ({ file: dataset.file, fingerprint: dataset.print }));
    const text = JSON.stringify({ version: 1, accept: of(true), reject: of(false) }, null, 2) + "\\n";
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = "resource-codemod-selection.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
}
filter();
tell();
open();
`;
