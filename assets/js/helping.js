// A form opened while somebody acts in another's place says in whose: sent once that is over,
// from a page that stayed open, it is not written in their own name.
document.addEventListener("formdata", (event) => {
  const helping = document.querySelector("[data-place-of]");
  const form = event.target;
  if (helping && (form.method === "post" || form.matches("[hx-post]"))) event.formData.set("a-la-place-de", helping.dataset.placeOf);
});
