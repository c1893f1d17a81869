// When the network fails under a fragment, say so above the page, which stays.
document.addEventListener("htmx:error", (event) => {
  const region = document.querySelector("#alert");
  if (!region || event.detail?.ctx?.response) return;
  const message = document.createElement("p");
  message.className = "alert";
  message.setAttribute("role", "alert");
  message.textContent = "La connexion a manqué. Rien n’a été enregistré : réessayez.";
  region.replaceChildren(message);
});
