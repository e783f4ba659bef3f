import { describe, expect, it } from "vitest";
import { differences, wordsOf, type Part } from "../../src/shared/differences.ts";
import { random } from "../make_study.ts";

const of = (parts: Part[], ...kinds: Part["kind"][]) => parts.filter((part) => kinds.includes(part.kind)).flatMap((part) => part.words);

/** Length of the longest common subsequence, by the table of Wagner and Fischer. */
function common(a: string[], b: string[]): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const word of a) {
    const next = [0];
    b.forEach((other, at) => next.push(word === other ? (row[at] ?? 0) + 1 : Math.max(row[at + 1] ?? 0, next[at] ?? 0)));
    row = next;
  }
  return row[b.length] ?? 0;
}

describe("differences", () => {
  it("name what is missing and what was read instead", () => {
    expect(differences("the quick brown fox", "the quiek brown")).toEqual([
      { kind: "same", words: ["the"] },
      { kind: "missing", words: ["quick"] },
      { kind: "extra", words: ["quiek"] },
      { kind: "same", words: ["brown"] },
      { kind: "missing", words: ["fox"] },
    ]);
  });
  it("bear empty texts and white space", () => {
    expect(differences("", "")).toEqual([]);
    expect(differences(" \n", "a")).toEqual([{ kind: "extra", words: ["a"] }]);
    expect(differences("a\tb", "")).toEqual([{ kind: "missing", words: ["a", "b"] }]);
    expect(differences("a  b", "a\nb")).toEqual([{ kind: "same", words: ["a", "b"] }]);
  });
  it("give both texts back, with as much in common as there is", () => {
    const next = random(11);
    for (let times = 0; times < 300; ++times) {
      const text = () => Array.from({ length: Math.floor(next() * 25) }, () => "abcd"[Math.floor(next() * 4)]).join(" ");
      const [truth, read] = [text(), text()];
      const parts = differences(truth, read);
      expect(of(parts, "same", "missing")).toEqual(wordsOf(truth));
      expect(of(parts, "same", "extra")).toEqual(wordsOf(read));
      expect(of(parts, "same")).toHaveLength(common(wordsOf(truth), wordsOf(read)));
    }
  });
  it("end for long texts that have nothing in common", () => {
    const long = (word: string) => Array.from({ length: 6000 }, (_, at) => word + at).join(" ");
    expect(differences(long("a"), long("b")).map((part) => [part.kind, part.words.length])).toEqual([["missing", 6000], ["extra", 6000]]);
  });
});
