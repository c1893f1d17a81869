// Turns the graph that the server drew into one that moves and answers the pointer. The
// server's places stay; without this file, or if anything fails, its drawing stays too.
{
  const host = document.querySelector("[data-graph]");
  const shapes = ["ellipse", "rectangle", "triangle", "diamond", "hexagon", "star"];

  // A colour of the style sheet, whatever the theme.
  const paint = (name) => {
    const probe = host.appendChild(document.createElement("span"));
    probe.style.color = `var(${name})`;
    const colour = getComputedStyle(probe).color;
    probe.remove();
    return colour;
  };

  // On a wide stage the server's square is stretched, which leaves more room for names.
  const elements = ({ nodes, ties }, stretch) => [
    ...nodes.map((node, i) => ({ group: "nodes", data: { ...node, id: String(i), shape: shapes[node.shape] }, position: { x: node.x * stretch, y: node.y }, classes: node.far ? "far" : "" })),
    ...ties.map(([a, b, meetings]) => {
      const far = nodes[a].far || nodes[b].far;
      return { group: "edges", data: { source: String(a), target: String(b), width: Math.min(meetings, 6), far }, classes: far ? "far" : "" };
    }),
  ];

  const style = () => [
    { selector: "node", style: {
      shape: "data(shape)", width: "data(size)", height: "data(size)", "border-width": 1.5, "border-color": paint("--network-paper"),
      label: "data(name)", "font-size": 14, "min-zoomed-font-size": 30, "font-family": getComputedStyle(host).fontFamily, color: paint("--network-ink"),
      "text-outline-color": paint("--network-paper"), "text-outline-width": 3, "text-wrap": "ellipsis", "text-max-width": 180, "text-valign": "bottom", "text-margin-y": 4,
    } },
    ...[0, 1, 2].map((tone) => ({ selector: `node[tone = ${tone}]`, style: { "background-color": paint(`--network-tone-${tone}`) } })),
    { selector: "node[?named]", style: { "min-zoomed-font-size": 8 } },
    { selector: "node[partners = 0]", style: { "font-size": 6 } },
    { selector: "edge", style: { width: "data(width)", "line-color": paint("--network-line"), "curve-style": "haystack", opacity: 0.45 } },
    { selector: ".far", style: { opacity: 0.12, "text-opacity": 0 } },
    { selector: "edge.near", style: { "line-color": paint("--network-tie"), opacity: 0.8 } },
    { selector: "node.near", style: { "z-index": 9 } },
    { selector: "node.few", style: { "min-zoomed-font-size": 9 } },
    { selector: "node.here", style: { "border-width": 4, "border-color": paint("--network-tie"), "min-zoomed-font-size": 0, "z-index": 10 } },
  ];

  // The panel says who the organisation met, and leads to it and to what is around it.
  const say = (panel, node) => {
    const part = (name) => panel.querySelector(`[data-${name}]`);
    const partners = node.neighborhood("node").sort((a, b) => b.data("partners") - a.data("partners")).map((n) => n.data("name"));
    part("name").textContent = node.data("name");
    part("says").textContent = node.data("says");
    part("partners").textContent = partners.slice(0, 8).join(" · ") + (partners.length > 8 ? ` · et ${partners.length - 8} de plus` : "");
    part("open").href = node.data("url");
    for (const link of panel.querySelectorAll("[data-steps]")) {
      const url = new URL(location);
      url.searchParams.set("structure", node.data("key"));
      url.searchParams.set("pas", link.dataset.steps);
      url.hash = "";
      link.href = url;
    }
    part("around").hidden = partners.length === 0;
    part("found").hidden = false;
    part("hint").hidden = true;
  };

  const show = (cy, node) => cy.batch(() => {
    cy.elements().removeClass("near here few").addClass("far");
    const near = node.closedNeighborhood().removeClass("far").addClass("near");
    if (near.nodes().length < 16) near.addClass("few"); // more names than that would cover each other
    node.addClass("here");
  });

  const showAll = (cy) => cy.batch(() => {
    cy.elements().removeClass("near here few far");
    cy.elements("[?far]").addClass("far");
  });

  const answer = (cy, panel) => {
    let pinned = null;
    const look = (node) => { show(cy, node); say(panel, node); };
    cy.on("mouseover", "node", ({ target }) => { if (!pinned) look(target); });
    cy.on("mouseout", "node", () => { if (!pinned) showAll(cy); });
    cy.on("tap", ({ target }) => {
      pinned = target === cy || target.isEdge() || target === pinned ? null : target;
      if (pinned) look(pinned); else showAll(cy);
    });
  };

  const zooms = (cy, stage) => {
    for (const button of host.querySelectorAll("[data-zoom]")) {
      button.addEventListener("click", () => {
        if (button.dataset.zoom === "fit") cy.fit(undefined, 16);
        else cy.zoom({ level: cy.zoom() * Number(button.dataset.zoom), renderedPosition: { x: stage.clientWidth / 2, y: stage.clientHeight / 2 } });
      });
    }
    // Until it is touched, the wheel and the finger scroll the page past the graph.
    stage.addEventListener("click", () => cy.userZoomingEnabled(true).userPanningEnabled(true), { once: true });
  };

  const draw = async () => {
    const [{ default: cytoscape }, data] = await Promise.all([
      import(host.dataset.library),
      fetch(host.dataset.source).then((response) => (response.ok ? response.json() : Promise.reject(response.status))),
    ]);
    const drawn = host.querySelector("svg");
    const stage = document.createElement("div");
    stage.className = "graph__stage";
    stage.setAttribute("role", "img");
    stage.setAttribute("aria-label", host.dataset.label);
    drawn.after(stage);
    drawn.setAttribute("hidden", "");
    const stretch = Math.min(1.7, Math.max(1, stage.clientWidth / stage.clientHeight));
    const cy = cytoscape({
      container: stage, elements: elements(data, stretch), style: style(), layout: { name: "preset", fit: true, padding: 16 },
      minZoom: 0.2, maxZoom: 5, autoungrabify: true, boxSelectionEnabled: false, userZoomingEnabled: false,
      userPanningEnabled: matchMedia("(pointer: fine)").matches,
    });
    answer(cy, host.querySelector("[data-graph-panel]"));
    zooms(cy, stage);
    host.querySelector("[data-controls]").hidden = false;
    const restyle = () => cy.style(style());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", restyle);
    document.fonts.ready.then(restyle);
  };

  if (host) draw().catch((error) => console.warn("Le graphe reste tel que le serveur l’a dessiné.", error));
}
