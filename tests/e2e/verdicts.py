"""A verdict in a study, as `tune` keeps it."""
import json
import sqlite3

FIRST = ("Of 100 characters, about 16 are wrong on the original pages, 4.1 with ocrtune untuned, 2.9 with what was found "
         "(95 % interval 2.1 to 3.9, on 13 pages not used in the search), at 5.1 s a page.\n")
FOUND = FIRST + "What was found is recommended: it leaves 1.2 fewer wrong than untuned (95 % interval 0.5 to 2.0).\n"
UNTUNED = FIRST + "Nothing was won over ocrtune untuned, which is recommended: --effort normal, at 6.5 s a page.\n"


def verdict(recommends):
    points = [("original", 16.04, 1.2, True), ("normal", 4.12, 6.5, False), ("tuned-2", 2.88, 5.1, True)]
    return {"pages": 13, "with_truth": 2, "kept_aside": True, "original": "original", "untuned": "normal", "found": "tuned-2",
            "points": [{"name": name, "tuned": name.startswith("tuned"), "wrong": wrong, "seconds": seconds, "on_front": on_front}
                       for name, wrong, seconds, on_front in points],
            "wrong": {"mean": 2.88, "low": 2.1, "high": 3.9}, "gain": {"mean": 1.24, "low": 0.5, "high": 2.0}, "recommends": recommends,
            "recipe": 'recommended = "best"\n\n[[choice]]\nname = "best"\npipelines = ["raw"]\n\n[[pipeline]]\nname = "raw"\n'}


def keep_verdict(study, recommends):
    """Writes it into the study's file and returns it."""
    kept = verdict(recommends)
    with sqlite3.connect(study) as database:
        database.execute("INSERT OR REPLACE INTO ocrtune_verdict (id, verdict) VALUES (1, ?)", (json.dumps(kept),))
    database.close()
    return kept
