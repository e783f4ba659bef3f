import type { StudyData } from "contract";

/** The study in a report's page; null where it is none of this format. */
export function readStudy(text: string): StudyData | null {
  try {
    const data = JSON.parse(text) as StudyData;
    return data.format === 1 && Array.isArray(data.trials?.number) ? data : null;
  } catch {
    return null;
  }
}
