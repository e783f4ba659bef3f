import { mount } from "svelte";
import "../shared/theme.css";
import Report from "./Report.svelte";
import { learnScores } from "../shared/scores.ts";
import { readStudy } from "./read_study.ts";
import Unreadable from "./Unreadable.svelte";

const target = document.getElementById("report");
const data = readStudy(document.getElementById("study-data")?.textContent ?? "");
if (data) learnScores([...data.objectives, ...data.scores]);
if (target && data) mount(Report, { target, props: { data } });
else if (target) mount(Unreadable, { target });
