// A part of a page that names a stream in data-live asks for itself again (by its own
// hx-get, on "live") each time the stream says that something changed.
const follow = (part) => {
  const source = new EventSource(part.dataset.live);
  let failed = false;
  const here = () => document.getElementById(part.id);
  const say = (words) => {
    const place = here()?.querySelector("[data-live-state]");
    if (place) { place.textContent = words; place.hidden = words === ""; }
  };
  const ask = () => here()?.dispatchEvent(new CustomEvent("live", { bubbles: false }));
  source.addEventListener("change", ask);
  source.addEventListener("open", () => {
    if (failed) ask(); // something may have been missed
    failed = false;
    say("");
  });
  source.addEventListener("error", () => {
    failed = true;
    say("Liaison coupée : la liste n’est peut-être plus à jour.");
  });
  addEventListener("pagehide", () => source.close());
};
document.querySelectorAll("[data-live]").forEach(follow);
