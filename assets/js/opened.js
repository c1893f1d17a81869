// Every form of somebody signed in says under which account its page was opened: sent from a
// page that stayed open while another account came to this browser, by a help that began or
// ended or by another sign-in, it is written in nobody else's name.
document.addEventListener("formdata", (event) => {
  const account = document.body.dataset.account;
  const form = event.target;
  if (account && (form.method === "post" || form.matches("[hx-post]"))) event.formData.set("ouvert-par", account);
});
