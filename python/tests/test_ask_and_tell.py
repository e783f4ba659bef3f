"""Studies whose trials are evaluated here."""

import ocrtune
from ocrtune import errors
from support import TestCase, drawn_page


class AskAndTell(TestCase):
    def setUp(self):
        super().setUp()
        self.pages = [self.written(f"{name}.png", drawn_page("Page " + name)) for name in "ab"]

    def create(self, **options):
        return ocrtune.Study.create(self.pages, study="own.db", pipeline="standard", objective="contrast", seed=3, **options)

    def evaluate(self, study, trial):
        cleaned = [trial.pipeline.run(study.page(page)) for page in range(len(study.pages))]
        study.tell(trial.number, [{"contrast": ocrtune.contrast(image), "words": 3} for image in cleaned])

    def test_a_study_is_told_stored_and_resumed(self):
        study = self.create()
        for number in range(4):
            trial = study.ask()
            self.assertEqual(trial.number, number)
            self.evaluate(study, trial)
        self.assertEqual(len(ocrtune.Study.open("own.db")), 4)
        self.assertFalse([name for name in study.trials[0] if name.startswith("params_")])
        self.assertEqual(study.trials[2]["words"], 3)
        del study
        again = self.create()
        fifth = again.ask()
        self.assertEqual(fifth.number, 4)
        self.evaluate(again, fifth)
        best = max(again.trials, key=lambda trial: trial["contrast"])
        self.assertGreaterEqual(best["contrast"], again.best["contrast"])
        del again
        # The same seed and results give the same trials.
        (self.tmp / "own.db").rename(self.tmp / "first.db")
        other = self.create()
        for _ in range(5):
            self.evaluate(other, other.ask())
        params = [{name: value for name, value in trial.items() if name.startswith("params_")} for trial in other.trials]
        self.assertEqual(params, [{name: value for name, value in trial.items() if name.startswith("params_")}
                                  for trial in ocrtune.Study.open("first.db").trials])
        self.assertEqual({f"params_{name}": value for name, value in fifth.params.items()}, params[4])

    def test_several_in_flight(self):
        study = self.create(in_flight=2)
        asked = [study.ask(), study.ask(), study.ask()]
        self.assertEqual([trial.number for trial in asked], [0, 1, 2])
        with self.assertRaisesRegex(errors.InvalidArgumentError, "trial 0 must be told first"):
            study.ask()
        with self.assertRaisesRegex(errors.InvalidArgumentError, "trial 0 must be told first"):
            self.evaluate(study, asked[1])
        for trial in asked:
            self.evaluate(study, trial)
        self.assertEqual(study.ask().number, 3)

    def test_refuses_other_scores(self):
        study = self.create()
        trial = study.ask()
        for scores, message in (
            ([{"contrast": 1}], "expected those of 2 pages, not 1"),
            ([{"contrast": 1}, {"words": 1}], "page `b.png` has no contrast"),
            ([{"no_such": 1}, {"contrast": 1}], "no_such"),
            ([{"contrast": float("nan")}, {"contrast": 1}], "page `a.png` has no contrast"),
        ):
            with self.assertRaisesRegex(errors.InvalidArgumentError, message):
                study.tell(trial.number, scores)
        self.assertEqual(len(study), 0)
        self.evaluate(study, trial)
        with self.assertRaisesRegex(errors.InvalidArgumentError, "was not asked for"):
            self.evaluate(study, trial)
        with self.assertRaises(errors.NotFoundError):
            study.page(2)
        with self.assertRaisesRegex(errors.InvalidArgumentError, "Study.create"):
            ocrtune.Study.open("own.db").ask()
        with self.assertRaisesRegex(errors.StudyError, "seed"):
            ocrtune.Study.create(self.pages, study="own.db", seed=4)
