// A search field that names a list in data-filter shows, as one types, the rows whose
// data-words hold every word typed; the page's own search works without this.
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/œ/g, "oe").replace(/æ/g, "ae").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
const narrow = (field) => {
  const list = document.querySelector(field.dataset.filter);
  if (!list) return;
  const words = fold(field.value).split(" ");
  let shown = 0;
  for (const row of list.querySelectorAll("[data-words]")) {
    row.hidden = !words.every((word) => row.dataset.words.includes(word));
    if (!row.hidden) shown++;
  }
  const none = list.parentElement.querySelector("[data-filter-none]");
  if (none) none.hidden = shown > 0;
};
document.addEventListener("input", (event) => {
  if (event.target.matches?.("[data-filter]")) narrow(event.target);
});
document.addEventListener("htmx:after:swap", () => document.querySelectorAll("[data-filter]").forEach(narrow));
