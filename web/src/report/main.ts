import { mount } from "svelte";
import "../shared/theme.css";
import Report from "./Report.svelte";
import { readStudy } from "./read_study.ts";
import Unreadable from "./Unreadable.svelte";

const target = document.getElementById("report");
const data = readStudy(document.getElementById("study-data")?.textContent ?? "");
if (target && data) mount(Report, { target, props: { data } });
else if (target) mount(Unreadable, { target });
