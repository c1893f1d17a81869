// Turns the map that the server drew into one that moves. What it shows is what the page
// already holds: the outlines and the marks of the drawing, the rows of the table.
{
  const host = document.querySelector("[data-map]");
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const corner = (name) => host.dataset[name].split(",").map(Number);

  // An icon that says what it is.
  const Icon = host && window.L && L.DivIcon.extend({
    createIcon(old) {
      const element = L.DivIcon.prototype.createIcon.call(this, old);
      element.setAttribute("aria-label", this.options.label);
      element.title = this.options.label;
      return element;
    },
  });

  const clusterIcon = (cluster) => {
    const count = cluster.getAllChildMarkers().reduce((sum, marker) => sum + marker.options.count, 0);
    return new Icon({ className: "map__count map__count--many", html: String(count), iconSize: [40, 40], label: `${count} structures proches : agrandir` });
  };

  const svg = (name, attributes, ...children) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };

  const named = (mark) => mark.querySelector("title").textContent;

  // A symbol for one structure at its address, a number for those of a commune.
  const icon = (mark) => {
    const { count } = mark.dataset;
    const label = named(mark);
    const symbol = mark.querySelector("use");
    if (!symbol) return new Icon({ className: "map__count", html: count, iconSize: [34, 34], label });
    const drawn = svg("svg", { class: symbol.getAttribute("class"), viewBox: "0 0 24 24" }, svg("use", { href: symbol.getAttribute("href") }));
    return new Icon({ className: "map__mark", html: drawn, iconSize: [28, 28], label });
  };

  // The popup repeats rows of the table: one structure, or all those of a commune.
  const popup = (mark) => {
    const links = [...document.querySelectorAll(mark.dataset.rows)].map((link) => link.cloneNode(true));
    const box = document.createElement("div");
    const title = box.appendChild(document.createElement("p"));
    title.className = "map__title";
    title.textContent = links.length === 1 ? named(mark).replace(`${links[0].textContent}, `, "") : named(mark);
    const list = box.appendChild(document.createElement("ul"));
    for (const link of links) list.appendChild(document.createElement("li")).append(link);
    return box;
  };

  const marker = (mark, stage) => L.marker([mark.dataset.latitude, mark.dataset.longitude], { icon: icon(mark), count: Number(mark.dataset.count) })
    .bindPopup(() => popup(mark), { minWidth: 200, maxWidth: 300, maxHeight: Math.min(260, stage.clientHeight / 2), autoPanPaddingTopLeft: [56, 8] });

  // What opens says so in French and takes the focus; what closes gives it back.
  const follow = (map) => {
    map.on("popupopen", ({ popup: opened }) => {
      const element = opened.getElement();
      element.querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", "Fermer");
      element.querySelector("li a")?.focus({ preventScroll: true });
    });
    map.getContainer().addEventListener("keydown", (event) => { if (event.key === "Escape") map.closePopup(); });
    map.on("popupclose", ({ popup: closed }) => closed._source?.getElement()?.focus({ preventScroll: true }));
  };

  const ground = (drawn) => {
    const copy = drawn.cloneNode(false);
    copy.removeAttribute("hidden");
    copy.removeAttribute("role");
    copy.removeAttribute("aria-label");
    copy.setAttribute("aria-hidden", "true");
    copy.setAttribute("class", "map__ground");
    copy.append(drawn.querySelector("[data-ground]").cloneNode(true));
    return copy;
  };

  const draw = () => {
    const drawn = host.querySelector("svg");
    const { tiles, credit } = host.dataset;
    const bounds = L.latLngBounds([corner("northwest"), corner("southeast")]);
    const stage = host.appendChild(document.createElement("div"));
    stage.className = "map__stage";
    stage.setAttribute("role", "region");
    stage.setAttribute("aria-label", "Carte que l’on déplace et agrandit");
    drawn.setAttribute("hidden", "");
    const map = L.map(stage, {
      attributionControl: false, zoomControl: false, zoomSnap: 0.25, maxZoom: tiles ? 18 : 15, scrollWheelZoom: false,
      dragging: matchMedia("(pointer: fine)").matches,
      maxBounds: bounds.pad(0.5), zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still,
    }).fitBounds(bounds);
    map.setMinZoom(Math.floor(map.getZoom())); // a whole number, or markercluster loses marks
    // Until it is touched, the wheel and the finger scroll the page past the map.
    stage.addEventListener("click", () => { map.scrollWheelZoom.enable(); map.dragging.enable(); }, { once: true });
    L.control.zoom({ zoomInTitle: "Agrandir", zoomOutTitle: "Réduire" }).addTo(map);
    if (tiles) {
      L.tileLayer(tiles).addTo(map);
      L.control.attribution({ prefix: false }).addAttribution(credit).addTo(map);
    }
    L.svgOverlay(ground(drawn), bounds).addTo(map);
    const marks = L.markerClusterGroup({ maxClusterRadius: 34, showCoverageOnHover: false, animate: !still, iconCreateFunction: clusterIcon });
    for (const mark of drawn.querySelectorAll("[data-latitude]")) marks.addLayer(marker(mark, stage));
    map.addLayer(marks);
    follow(map);
  };

  if (Icon) draw();
}
