import { mount } from "svelte";
import "../shared/theme.css";
import "./app.css";
import { learnScores } from "../shared/scores.ts";
import App from "./App.svelte";
import { offered } from "./lib/page_state.svelte.ts";

const target = document.getElementById("app");
// Until they are known, and where the server is gone, scores have the names of the command line.
offered.objectives().then(learnScores, () => {});
if (target) mount(App, { target });
