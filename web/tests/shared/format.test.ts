import { describe, expect, it } from "vitest";
import { bytes, duration, nothing, number, percent, scoreDifference, scoreInterval, scoreValue } from "../../src/shared/format.ts";
import { cer, checkedQuality } from "../make_study.ts";

const narrow = "\u202f";

describe("scores", () => {
  it("are multiplied where people read them", () => {
    expect(scoreValue(0.141, cer, "en")).toBe(`14.10${narrow}%`);
    expect(scoreValue(463.125, checkedQuality, "fr")).toBe(`463,13${narrow}points`);
  });
  it("have differences with a sign, of rates in percentage points", () => {
    expect(scoreDifference(-0.035, cer, "en")).toBe(`-3.50${narrow}percentage points`);
    expect(scoreDifference(2, checkedQuality, "en")).toBe(`+2.00${narrow}points`);
    expect(scoreDifference(0, checkedQuality, "en")).toBe(`0.00${narrow}points`);
  });
  it("have intervals with the unit once", () => {
    expect(scoreInterval({ mean: 2, low: -1, high: 5 }, checkedQuality, "en")).toBe(`-1.00 to +5.00${narrow}points`);
  });
  it("that are missing are a dash without a unit", () => {
    for (const value of [null, undefined, Number.NaN]) expect(scoreValue(value, cer, "en")).toBe(nothing);
  });
});

describe("numbers", () => {
  it("of rates are percent, with two digits unless they are only expected", () => {
    expect([percent(0.1312, "en"), percent(0.1312, "fr")]).toEqual([`13.12${narrow}%`, `13,12${narrow}%`]);
    expect(percent(0.1312, "fr", 1)).toBe(`13,1${narrow}%`);
    expect([percent(null, "en"), percent(undefined, "en")]).toEqual([nothing, nothing]);
  });
  it("have four significant digits, and whole thousands", () => {
    expect(number(0.123456, "en")).toBe("0.1235");
    expect(number(12345.678, "en")).toBe("12,346");
    expect(number(999.96, "en")).toBe("1,000");
  });
  it("of durations change their unit where the smaller one is full", () => {
    expect(duration(850, "en")).toBe(`850${narrow}ms`);
    expect(duration(59_940, "en")).toBe(`59.9${narrow}s`);
    expect(duration(59_960, "en")).toBe(`1${narrow}min 00${narrow}s`);
    expect(duration(3_599_700, "en")).toBe(`1${narrow}h 00${narrow}min`);
  });
  it("of bytes go up by thousands", () => {
    expect(bytes(999, "en")).toBe(`999${narrow}B`);
    expect(bytes(12_345_678, "fr")).toBe(`12,3${narrow}Mo`);
  });
});
