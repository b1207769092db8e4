"use strict";
// After a swap the keyboard is where the news is; unsaved text asks before it is left; nothing is stored.
(() => {
  const byId = (id) => document.getElementById(id);
  const say = (words) => { byId("status").textContent = words; };
  const showNews = () => {
    const news = document.querySelector("[data-focus]");
    if (!news) return;
    news.removeAttribute("data-focus");
    news.focus();
    say((news.querySelector("h1, h2") || news).textContent.trim());
  };
  document.addEventListener("DOMContentLoaded", showNews);
  let held;
  document.addEventListener("htmx:before:swap", () => { held = document.activeElement; });
  document.addEventListener("htmx:after:swap", () => {
    showNews();
    if (document.activeElement !== document.body || !held?.form) return;
    // no news: back to what took its place
    const alike = (one) => one.name === held.name && one.value === held.value && one.form?.action === held.form.action;
    (byId(held.id) || [...document.querySelectorAll("main button, main input, main select, main textarea")].find(alike))?.focus();
  });
  document.addEventListener("htmx:before:request", () => byId("problem").replaceChildren());
  document.addEventListener("htmx:error", () => {
    const problem = byId("problem");
    problem.className = "problem";
    problem.textContent = byId("status").dataset.offline;
    problem.scrollIntoView();
    say(problem.textContent);
  });

  const unsaved = new Set();
  document.addEventListener("input", ({ target }) => {
    if (target.form?.method === "post") unsaved.add(target.form);
    if (target.dataset.most) count(target);
    if ("echo" in target.dataset) echo(target);
  });
  document.addEventListener("submit", ({ target }) => unsaved.delete(target));
  addEventListener("beforeunload", (event) => {
    if ([...unsaved].some((form) => form.isConnected)) event.preventDefault();
  });

  const count = (area) => {
    const counter = byId(area.id + "-most");
    const left = area.dataset.most - [...area.value.trim()].length;
    counter.textContent = counter.dataset[left < 0 ? "over" : "left"].replace("%s", Math.abs(left));
    counter.toggleAttribute("data-exceeded", left < 0);
  };
  const words = new Intl.DateTimeFormat(document.documentElement.lang === "en" ? "en-GB" : "sv-SE", { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  const echo = (input) => {
    const day = input.valueAsDate;
    byId(input.id + "-words").textContent = day ? words.format(day) : "";
  };

  // a page from the browser's memory may show what is no longer allowed
  addEventListener("pageshow", (event) => event.persisted && location.reload());
})();
