// Keys for who works at a desk: "/" searches, "g" then a letter goes to a page, "?"
// shows the keys. Links name their letter with data-key.
let going = false;
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, [contenteditable]")) return;
  if (event.key === "/") {
    event.preventDefault();
    document.querySelector("#recherche")?.focus();
  } else if (event.key === "?") {
    const keys = document.querySelector("#touches");
    if (keys) keys.open ? keys.close() : keys.showModal();
  } else if (event.key === "g") {
    going = true;
    setTimeout(() => { going = false; }, 1200);
  } else if (going) {
    going = false;
    document.querySelector(`[data-key="${CSS.escape(event.key)}"]`)?.click();
  }
});
