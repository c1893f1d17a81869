// Every form of somebody signed in says under which account its page was opened, and on which
// territory: sent from a page that stayed open while another account or territory came to this
// browser, by a help, another sign-in or another tab, it is written nowhere else. The server
// writes that into the forms of a page (views/stamp.go); here it is said of those that came into
// the page since, too, whoever they were made for.
document.addEventListener("formdata", (event) => {
  const { account, territory } = document.body.dataset;
  const form = event.target;
  if (!account || !(form.method === "post" || form.matches("[hx-post]"))) return;
  event.formData.set("ouvert-par", account);
  event.formData.set("ouvert-sur", territory);
});
