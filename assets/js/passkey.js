// A form answered by a passkey: it asks the server what to sign, the browser has it
// signed, and the answer is posted as any form is. Where that cannot be, it stays hidden.
const able = "credentials" in navigator && typeof window.PublicKeyCredential?.parseRequestOptionsFromJSON === "function";
const words = {
  NotAllowedError: "Rien n’a été fait : la clé n’a pas répondu, ou vous avez annulé.",
  InvalidStateError: "Cet appareil garde déjà une clé pour ce compte.",
};
const tell = (form, message) => {
  const alert = form.querySelector("[role=alert]");
  alert.textContent = message;
  alert.hidden = false;
};
const answer = async (form) => {
  const asked = await fetch(form.getAttribute("action") + "/defi", { method: "POST", body: new URLSearchParams(new FormData(form)) });
  const said = await asked.json();
  if (!asked.ok) return tell(form, said.erreur);
  const create = form.dataset.passkey === "create";
  const credential = create
    ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(said) })
    : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(said) });
  form.elements.reponse.value = JSON.stringify(credential.toJSON());
  form.submit();
};
for (const form of able ? document.querySelectorAll("form[data-passkey]") : []) {
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    form.querySelector("[role=alert]").hidden = true;
    answer(form).catch((problem) => tell(form, words[problem.name] ?? "La clé n’a pas pu servir. Utilisez un autre moyen d’entrer."));
  });
}
