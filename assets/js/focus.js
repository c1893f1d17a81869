// When a swap takes away the element that had the focus, what the swap says takes it,
// so that the keyboard and the screen reader go on from there.
let held = null;
document.addEventListener("htmx:before:swap", () => {
  const region = document.activeElement?.closest("[id][data-keep-focus]");
  held = region ? region.id : null;
});
document.addEventListener("htmx:after:swap", () => {
  const region = held && document.getElementById(held);
  const active = document.activeElement;
  if (!region || active && active !== document.body && active.checkVisibility()) return;
  const said = [...region.querySelectorAll("[role=alert], [role=status]")].find((e) => e.textContent.trim() !== "") ?? region;
  said.tabIndex = -1;
  said.focus();
});
