import { mount } from "svelte";
import "../shared/theme.css";
import Report from "./Report.svelte";

const target = document.getElementById("report");
if (target) mount(Report, { target, props: { text: document.getElementById("study-data")?.textContent ?? "" } });
